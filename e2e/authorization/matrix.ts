import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Row, type Seat, seats } from '@emporium/subgraph';
import { buildSchema, type GraphQLSchema } from 'graphql';

const folder = path.resolve(import.meta.dirname, '../../schema');
const read = (file: string): string => readFileSync(path.join(folder, file), 'utf8');

export type { Row, Seat };
export { seats };

/** What `npm run generate` made of the policies, by subgraph. */
export const matrices: Readonly<Record<string, readonly Row[]>> = JSON.parse(read('authorization.json'));

/** A committed schema: of a subgraph, or `api`. */
export const schemaOf = (name: string): GraphQLSchema =>
  buildSchema(read(`${name}.graphql`), { assumeValidSDL: true });

const fields = new Map(
  Object.values(matrices)
    .flat()
    .filter(({ path }) => path !== '_entities')
    .map((row) => [`${row.type}.${row.field}`, row]),
);

/** The row of a field; a field that nobody governs is a fault of its own. */
export const rowOf = (type: string, field: string): Row => {
  const row = fields.get(`${type}.${field}`);
  if (!row) throw new Error(`${type}.${field} is in the supergraph, but not in the matrix.`);
  return row;
};
