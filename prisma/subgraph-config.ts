/** What every subgraph's `prisma.config.ts` says: where its schema is, and which engine and database the CLI uses. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { defineConfig, type PrismaConfig } from 'prisma/config';

const root = path.resolve(import.meta.dirname, '..');

/** The native schema engine where npm could download it; else the WebAssembly build of the same engine. */
const chooseSchemaEngine = (): void => {
  if (process.env.PRISMA_SCHEMA_ENGINE_BINARY) return;
  const engines = path.join(root, 'node_modules/@prisma/engines');
  const hasNative =
    existsSync(engines) && readdirSync(engines).some((file) => file.startsWith('schema-engine-'));
  if (hasNative) return;
  process.env.PRISMA_SCHEMA_ENGINE_BINARY = path.join(root, 'packages/database/bin/schema-engine.mjs');
};

/** `DATABASE_URL`, or the database of the `npm start` that runs in this clone. */
const administratorUrl = (): string | undefined => {
  if (process.env.DATABASE_URL) return process.env.DATABASE_URL;
  const stack = path.join(root, '.data/stack.json');
  if (!existsSync(stack)) return undefined;
  return (JSON.parse(readFileSync(stack, 'utf8')) as { database: { admin: string } }).database.admin;
};

const withSchema = (url: string, schema: string): string => {
  const changed = new URL(url);
  changed.searchParams.set('schema', schema);
  return changed.toString();
};

/** The configuration of one subgraph. Without a database, only commands that need none work. */
export const subgraphConfig = (name: string): PrismaConfig => {
  chooseSchemaEngine();
  process.env.CHECKPOINT_DISABLE ??= '1';
  const url = administratorUrl();
  return defineConfig({
    schema: path.join(root, 'prisma', name, 'schema.prisma'),
    migrations: { path: path.join(root, 'prisma', name, 'migrations') },
    ...(url === undefined ? {} : { datasource: { url: withSchema(url, name) } }),
  });
};
