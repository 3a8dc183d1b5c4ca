/** The three subgraphs, and the issuer of access tokens, in one process. Tells its parent where they are, and counts fetches. */
import { createServer as createHttpServer } from 'node:http';
import { listen, serveJson } from '../../stage/serve.ts';
import { createAnswer } from '../graph/answer.ts';
import { reviewsOf, shelf, stockOf } from '../graph/books.ts';
import type { SubgraphName } from '../graph/schemas.ts';

type Reference = { readonly id: string };

const entities =
  (resolve: (id: string) => unknown) =>
  ({ representations }: { readonly representations: readonly Reference[] }) =>
    representations.map(({ id }) => resolve(id));

const roots: Record<SubgraphName, Record<string, unknown>> = {
  books: { __typename: 'Query', shelf: ({ id }: Reference) => shelf(id) },
  stock: { __typename: 'Query', _entities: entities(stockOf) },
  reviews: { __typename: 'Query', _entities: entities(reviewsOf) },
};

let fetches = 0;

const serve = (root: Record<string, unknown>): Promise<string> => {
  const answer = createAnswer(root);
  const server = serveJson((body) => {
    fetches += 1;
    return answer(body);
  });
  return listen(server);
};

let keys = '{"keys":[]}';
const addresses = {
  books: `${await serve(roots.books)}/graphql`,
  stock: `${await serve(roots.stock)}/graphql`,
  reviews: `${await serve(roots.reviews)}/graphql`,
  keys: await listen(createHttpServer((_request, response) => response.end(keys))),
};

export type SubgraphsTold = { readonly addresses: typeof addresses } | { readonly fetches: number };
export type SubgraphsAsked = { readonly keys: string } | 'fetches';

const tell = (told: SubgraphsTold): void => void process.send?.(told);
process.on('disconnect', () => process.exit());
process.on('message', (asked: SubgraphsAsked) => {
  if (asked === 'fetches') tell({ fetches });
  else keys = asked.keys;
});
tell({ addresses });
