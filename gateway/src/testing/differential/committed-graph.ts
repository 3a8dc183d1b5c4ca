import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { SubgraphSource } from './served-graph.ts';

const folder = path.resolve(import.meta.dirname, '../../../../schema');
const others = ['api.graphql', 'contract.graphql', 'supergraph.graphql'];

/** The subgraphs whose schemas are committed. */
export const committedGraph = (): readonly SubgraphSource[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.graphql') && !others.includes(file))
    .map((file) => ({
      name: path.basename(file, '.graphql'),
      sdl: readFileSync(path.join(folder, file), 'utf8'),
    }));
