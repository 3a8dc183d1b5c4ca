/** The three subgraphs, and the issuer of access tokens, in one process. Tells its parent where they are, and counts fetches. */
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { type AnswerQuestion, createAnswer } from '../graph/answer.ts';
import { reviewsOf, shelf, stockOf } from '../graph/books.ts';
import type { SubgraphName } from '../graph/supergraph.ts';
import { readMessages } from '../wire.ts';

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

const serve = (answer: AnswerQuestion): Server =>
  createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => socket.destroy());
    socket.on(
      'data',
      readMessages((_head, body) => {
        fetches += 1;
        const text = answer(body.toString());
        socket.write(
          `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
        );
      }),
    );
  });

const listen = async (server: Server): Promise<string> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

let keys = '{"keys":[]}';
const addresses = {
  books: `${await listen(serve(createAnswer(roots.books)))}/graphql`,
  stock: `${await listen(serve(createAnswer(roots.stock)))}/graphql`,
  reviews: `${await listen(serve(createAnswer(roots.reviews)))}/graphql`,
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
