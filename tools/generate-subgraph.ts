/** Run in a subgraph's folder: its Prisma client, then its SDL in `schema/<name>.graphql`. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type GraphQLSchema, graphql } from 'graphql';

const root = path.resolve(import.meta.dirname, '..');
const name = path.basename(process.cwd());

execFileSync(
  process.execPath,
  [
    path.join(root, 'node_modules/prisma/build/index.js'),
    'generate',
    '--config',
    path.join(root, 'prisma', name, 'prisma.config.ts'),
  ],
  {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, PRISMA_HIDE_UPDATE_MESSAGE: '1', NO_COLOR: '1' },
  },
);

const module: { createSchema(): Promise<GraphQLSchema> } = await import(
  pathToFileURL(path.resolve('src/schema/create-schema.ts')).href
);
const { data, errors } = await graphql({
  schema: await module.createSchema(),
  source: '{ _service { sdl } }',
});
const sdl = (data as { _service: { sdl: string } } | null | undefined)?._service.sdl;
if (!sdl) throw new Error(`${name} gave no SDL: ${errors?.map(({ message }) => message).join('; ')}`);
writeFileSync(path.join(root, 'schema', `${name}.graphql`), `${sdl.trim()}\n`);
