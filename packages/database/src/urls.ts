import { auditorRole, ownerRole, type RolePasswords, runtimeRole } from './roles.ts';
import { forEachSubgraph, type SubgraphName } from './subgraph-names.ts';

/** How each role reaches one and the same database. */
export type DatabaseUrls = {
  admin: string;
  owner: Record<SubgraphName, string>;
  runtime: Record<SubgraphName, string>;
  auditor: string;
};

/** The same server and database, as somebody else. Settings such as `sslmode` stay. */
export const asRole = (adminUrl: string, role: string, password: string): string => {
  const url = new URL(adminUrl);
  url.username = encodeURIComponent(role);
  url.password = encodeURIComponent(password);
  url.searchParams.delete('schema');
  return url.toString();
};

/** The same server and role, in another database. */
export const inDatabase = (url: string, database: string): string => {
  const changed = new URL(url);
  changed.pathname = `/${encodeURIComponent(database)}`;
  return changed.toString();
};

/** The database that a URL names. */
export const databaseOf = (url: string): string => {
  const name = decodeURIComponent(new URL(url).pathname.slice(1));
  if (name === '')
    throw new Error('The database URL names no database: end it with /emporium, for example.');
  return name;
};

/** Every role's URL, from the administrator's and the roles' passwords. */
export const databaseUrls = (adminUrl: string, passwords: RolePasswords): DatabaseUrls => ({
  admin: adminUrl,
  owner: forEachSubgraph((name) => asRole(adminUrl, ownerRole(name), passwords.owner[name])),
  runtime: forEachSubgraph((name) => asRole(adminUrl, runtimeRole(name), passwords.runtime[name])),
  auditor: asRole(adminUrl, auditorRole, passwords.auditor),
});
