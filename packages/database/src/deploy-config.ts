import { type RolePasswords, randomPassword } from './roles.ts';
import { forEachSubgraph } from './subgraph-names.ts';

/** What a deployment is told. */
export type DeployConfig = { adminUrl: string; passwords: RolePasswords };

/** The environment lacks something; the message names every missing variable at once. */
export class DeployConfigError extends Error {
  override readonly name = 'DeployConfigError';
}

/**
 * Reads `DATABASE_URL` (an administrator's), `<NAME>_DATABASE_PASSWORD` for each subgraph and
 * `AUDITOR_DATABASE_PASSWORD`. An owner's password is nobody's but ours, and new each time, unless
 * `<NAME>_OWNER_PASSWORD` gives it: needed where the administrator may not set passwords.
 * @throws DeployConfigError
 */
export const readDeployConfig = (env: Readonly<Record<string, string | undefined>>): DeployConfig => {
  const missing: string[] = [];
  const required = (name: string): string => {
    const value = env[name];
    if (!value) missing.push(name);
    return value ?? '';
  };
  const adminUrl = required('DATABASE_URL');
  const passwords: RolePasswords = {
    owner: forEachSubgraph((name) => env[`${name.toUpperCase()}_OWNER_PASSWORD`] || randomPassword()),
    runtime: forEachSubgraph((name) => required(`${name.toUpperCase()}_DATABASE_PASSWORD`)),
    auditor: required('AUDITOR_DATABASE_PASSWORD'),
  };
  if (missing.length > 0) throw new DeployConfigError(`These variables must be set: ${missing.join(', ')}`);
  if (!URL.canParse(adminUrl))
    throw new DeployConfigError('DATABASE_URL is not a URL: postgresql://user:password@host/database');
  return { adminUrl, passwords };
};
