import { randomBytes } from 'node:crypto';
import { forEachSubgraph, type SubgraphName, subgraphNames } from './subgraph-names.ts';

/** Runs migrations and owns all tables of one schema. */
export const ownerRole = (name: SubgraphName): string => `emporium_${name}_owner`;

/** What the service itself connects as: rows only, no DDL, no other schema. */
export const runtimeRole = (name: SubgraphName): string => `emporium_${name}`;

/** Reads the `audit_*` views of every schema, and nothing else. */
export const auditorRole = 'emporium_auditor';

/** Every role of ours, auditor last. */
export const allRoles = (): string[] => [
  ...subgraphNames.flatMap((name) => [ownerRole(name), runtimeRole(name)]),
  auditorRole,
];

/** A password for every role. */
export type RolePasswords = {
  owner: Record<SubgraphName, string>;
  runtime: Record<SubgraphName, string>;
  auditor: string;
};

/** 192 random bits, safe in a URL as they are. */
export const randomPassword = (): string => randomBytes(24).toString('base64url');

/** Fresh passwords for all roles. */
export const randomPasswords = (): RolePasswords => ({
  owner: forEachSubgraph(randomPassword),
  runtime: forEachSubgraph(randomPassword),
  auditor: randomPassword(),
});
