import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findSupergraph } from './find-supergraph.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'supergraph-'));
  await mkdir(path.join(root, 'gateway/dist'), { recursive: true });
  await writeFile(path.join(root, 'graph.graphql'), 'the graph');
});
afterEach(() => rm(root, { recursive: true }));

it('looks in the working directory and above it', async () => {
  const file = path.join(root, 'graph.graphql');
  expect(await findSupergraph('graph.graphql', path.join(root, 'gateway/dist'))).toBe(file);
  expect(await findSupergraph(file, '/')).toBe(file);
});

it('says what to do when there is none', async () => {
  await expect(findSupergraph('none.graphql', root)).rejects.toThrow(/SUPERGRAPH_PATH.*npm run generate/);
});
