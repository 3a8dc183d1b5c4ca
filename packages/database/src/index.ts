export { BootstrapNotPermittedError, type BootstrapOutcome, bootstrapDatabase } from './bootstrap.ts';
export { admissionStatements } from './bootstrap-sql.ts';
export { sqlState, withClient } from './connect.ts';
export { createDatabase } from './create-database.ts';
export { type Migrated, MigrationError, migrate, prismaFolder } from './migrate.ts';
export {
  auditorRole,
  ownerRole,
  type RolePasswords,
  randomPassword,
  randomPasswords,
  runtimeRole,
} from './roles.ts';
export { identifier } from './sql-text.ts';
export { forEachSubgraph, type SubgraphName, subgraphNames } from './subgraph-names.ts';
export { asRole, type DatabaseUrls, databaseOf, databaseUrls, inDatabase } from './urls.ts';
