import type { Answered, Asked } from '@emporium/provider-sandbox';
import { missing } from './api-error.ts';
import type { Books } from './books.ts';

/** The kinds of requests that can go wrong. */
export type Operation =
  | 'token'
  | 'certificate'
  | 'create'
  | 'retrieve'
  | 'authorise'
  | 'capture'
  | 'void'
  | 'refund';

type Route = {
  readonly operation: Operation;
  readonly path: RegExp;
  readonly method: 'GET' | 'POST';
  readonly answer: (books: Books, id: string, body: object) => Answered;
};

/** An order is told as it is when it is told. */
const orderNow = (books: Books, id: string, status: number): Answered => ({
  status,
  body: () => books.orderOf(id),
});

const routes: readonly Route[] = [
  {
    ...{ operation: 'create', method: 'POST', path: /^\/v2\/checkout\/orders$/ },
    answer: (books, _id, body) => orderNow(books, books.create(body).id, 201),
  },
  {
    ...{ operation: 'retrieve', method: 'GET', path: /^\/v2\/checkout\/orders\/(\w+)$/ },
    answer: (books, id) => ({ status: 200, body: books.orderOf(id) }),
  },
  {
    ...{ operation: 'authorise', method: 'POST', path: /^\/v2\/checkout\/orders\/(\w+)\/authorize$/ },
    answer: (books, id) => orderNow(books, books.authorise(id).id, 201),
  },
  {
    ...{ operation: 'capture', method: 'POST', path: /^\/v2\/payments\/authorizations\/(\w+)\/capture$/ },
    answer: (books, id) => ({ status: 201, body: books.capture(id) }),
  },
  {
    ...{ operation: 'void', method: 'POST', path: /^\/v2\/payments\/authorizations\/(\w+)\/void$/ },
    answer: (books, id) => ({ status: 200, body: books.voidOf(id) }),
  },
  {
    ...{ operation: 'refund', method: 'POST', path: /^\/v2\/payments\/captures\/(\w+)\/refund$/ },
    answer: (books, id, body) => ({ status: 201, body: books.refund(id, body) }),
  },
];

/** The route of a path, and the id in it. */
export const routeTo = ({ method, path }: Asked): { readonly route: Route; readonly id: string } => {
  for (const route of routes) {
    const found = route.method === method && route.path.exec(path);
    if (found) return { route, id: found[1] ?? '' };
  }
  throw missing();
};
