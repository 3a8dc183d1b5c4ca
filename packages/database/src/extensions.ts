import type { SubgraphName } from './subgraph-names.ts';

/** Extensions live in the schema that uses them: only a superuser or the database's owner may add them. */
const extensions: readonly { name: string; schema: SubgraphName }[] = [
  { name: 'citext', schema: 'users' },
  { name: 'pg_trgm', schema: 'products' },
  { name: 'unaccent', schema: 'products' },
];

/** The SQL that adds those of one schema. */
export const extensionStatements = (subgraph: string): string[] =>
  extensions
    .filter(({ schema }) => schema === subgraph)
    .map(({ name, schema }) => `CREATE EXTENSION IF NOT EXISTS ${name} SCHEMA ${schema}`);
