/** The SQL that prepares a database: who exists, and who may reach what. Running it twice changes nothing. */
import { extensionStatements } from './extensions.ts';
import { allRoles, auditorRole, ownerRole, type RolePasswords, runtimeRole } from './roles.ts';
import { scramVerifier } from './scram-verifier.ts';
import { identifier, literal } from './sql-text.ts';
import { type SubgraphName, subgraphNames } from './subgraph-names.ts';

const role = (name: string, password: string): string[] => [
  `DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = ${literal(name)}) THEN CREATE ROLE ${identifier(name)} LOGIN; END IF; END $$`,
  `ALTER ROLE ${identifier(name)} LOGIN PASSWORD ${literal(scramVerifier(password))}`,
];

/** Roles belong to the whole server. */
const roleStatements = (passwords: RolePasswords): string[] => [
  ...subgraphNames.flatMap((name) => [
    ...role(ownerRole(name), passwords.owner[name]),
    ...role(runtimeRole(name), passwords.runtime[name]),
  ]),
  ...role(auditorRole, passwords.auditor),
  // An administrator who is no superuser may hand schemas to an owner only as its member.
  ...subgraphNames.map(
    (name) =>
      `DO $$ BEGIN IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN GRANT ${identifier(ownerRole(name))} TO CURRENT_USER; END IF; END $$`,
  ),
];

/** Who may enter the database; a copy made from a template does not inherit this. */
export const admissionStatements = (database: string): string[] => [
  `REVOKE ALL ON DATABASE ${identifier(database)} FROM PUBLIC`,
  `GRANT CONNECT ON DATABASE ${identifier(database)} TO ${allRoles().map(identifier).join(', ')}`,
  'REVOKE ALL ON SCHEMA public FROM PUBLIC',
];

const schemaStatements = (name: SubgraphName): string[] => {
  const owner = identifier(ownerRole(name));
  const runtime = identifier(runtimeRole(name));
  const later = `ALTER DEFAULT PRIVILEGES FOR ROLE ${owner}`;
  return [
    `CREATE SCHEMA IF NOT EXISTS ${name} AUTHORIZATION ${owner}`,
    `ALTER SCHEMA ${name} OWNER TO ${owner}`,
    `REVOKE ALL ON SCHEMA ${name} FROM PUBLIC`,
    `GRANT USAGE ON SCHEMA ${name} TO ${runtime}`,
    // Only a privilege taken away for all schemas takes away what Postgres grants by itself.
    `${later} REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC`,
    `${later} IN SCHEMA ${name} GRANT EXECUTE ON FUNCTIONS TO ${runtime}`,
    `${later} IN SCHEMA ${name} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${runtime}`,
    `${later} IN SCHEMA ${name} GRANT USAGE, SELECT ON SEQUENCES TO ${runtime}`,
  ];
};

/** The whole preparation of one database, in order, to run in one transaction. */
export const bootstrapStatements = (database: string, passwords: RolePasswords): string[] => [
  ...roleStatements(passwords),
  ...admissionStatements(database),
  ...subgraphNames.flatMap(schemaStatements),
  ...subgraphNames.flatMap(extensionStatements),
];
