/**
 * Writes a manifest of trusted documents from the operations of clients: `.graphql` files, and tagged literals in code.
 * `npm run persist -- web/src app/queries.graphql --out .data/trusted-documents.json`
 */
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildSchema } from 'graphql';
import { createManifest } from './persist/manifest.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: 'string', default: '.data/trusted-documents.json' },
    schema: { type: 'string', default: path.resolve(import.meta.dirname, '../schema/api.graphql') },
  },
});

const ofClients = /(?<![.]d|[.]test)[.](graphql|[cm]?[jt]sx?)$/;

const filesIn = (given: string): string[] =>
  statSync(given).isDirectory()
    ? readdirSync(given, { recursive: true, encoding: 'utf8' })
        .filter((name) => !name.split(path.sep).includes('node_modules') && ofClients.test(name))
        .map((name) => path.join(given, name))
    : [given];

try {
  if (positionals.length === 0)
    throw new Error('Name the files or folders of clients: npm run persist -- web/src');
  const files = positionals
    .flatMap(filesIn)
    .map((file) => ({ path: file, text: readFileSync(file, 'utf8') }));
  const manifest = createManifest(files, buildSchema(readFileSync(values.schema, 'utf8')));
  mkdirSync(path.dirname(values.out), { recursive: true });
  writeFileSync(values.out, `${JSON.stringify(manifest, null, 2)}\n`);
  console.log(`${values.out} holds ${manifest.operations.length} operations.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
