import { invalid, missing } from './api-error.ts';
import type { Books } from './books.ts';
import type { Operation } from './faults.ts';
import type { Form } from './form.ts';

type Route = {
  readonly operation: Operation;
  readonly answer: (books: Books, id: string, form: Form, query: URLSearchParams) => object;
};

const list = (data: readonly object[], object = 'list') => ({ object, data, has_more: false });

/** `metadata['key']:'value'` */
const readSearch = (query: string): [string, string] => {
  const [, key, value] = /^metadata\['(\w+)'\]:'([^']*)'$/.exec(query) ?? [];
  if (key === undefined || value === undefined) throw invalid('the sandbox searches metadata alone');
  return [key, value];
};

/** `expand[0]=source` */
const expands = (query: URLSearchParams, what: string): boolean =>
  [...query].some(([name, value]) => name.startsWith('expand[') && value === what);

const routes: Readonly<Record<string, Route>> = {
  'POST /v1/payment_intents': { operation: 'create', answer: (books, _id, form) => books.create(form) },
  'GET /v1/payment_intents/search': {
    operation: 'search',
    answer: (books, _id, _form, query) =>
      list(books.search(...readSearch(query.get('query') ?? '')), 'search_result'),
  },
  'GET /v1/payment_intents/:id': { operation: 'retrieve', answer: (books, id) => books.intentOf(id) },
  'POST /v1/payment_intents/:id/confirm': {
    operation: 'confirm',
    answer: (books, id, form) => books.confirm(id, form),
  },
  'POST /v1/payment_intents/:id/capture': {
    operation: 'capture',
    answer: (books, id) => books.capture(id),
  },
  'POST /v1/payment_intents/:id/cancel': { operation: 'cancel', answer: (books, id) => books.cancel(id) },
  'POST /v1/refunds': { operation: 'refund', answer: (books, _id, form) => books.refund(form) },
  'GET /v1/refunds': {
    operation: 'retrieve',
    answer: (books, _id, _form, query) => list(books.refundsOf(query.get('payment_intent') ?? '')),
  },
  'POST /v1/transfers': { operation: 'transfer', answer: (books, _id, form) => books.transfer(form) },
  'GET /v1/transfers': {
    operation: 'retrieve',
    answer: (books, _id, _form, query) => list(books.transfersOf(query.get('transfer_group') ?? '')),
  },
  'GET /v1/balance_transactions': {
    operation: 'balance',
    answer: ({ balance }, _id, _form, query) => balance.page(query, expands(query, 'data.source')),
  },
  'POST /v1/customers': {
    operation: 'customer',
    answer: ({ customers }, _id, form) => customers.create(form),
  },
  'GET /v1/customers/search': {
    operation: 'search',
    answer: ({ customers }, _id, _form, query) =>
      list(customers.search(...readSearch(query.get('query') ?? '')), 'search_result'),
  },
  'DELETE /v1/customers/:id': {
    operation: 'remove',
    answer: ({ customers }, id) => customers.remove(id),
  },
  'POST /v1/setup_intents': {
    operation: 'setup',
    answer: ({ customers }, _id, form) => customers.setUp(form),
  },
  'GET /v1/setup_intents': {
    operation: 'retrieve',
    answer: ({ customers }, _id, _form, query) =>
      list(customers.setupsOf(query.get('customer') ?? '', expands(query, 'data.payment_method'))),
  },
  'POST /v1/setup_intents/:id/cancel': {
    operation: 'cancel',
    answer: ({ customers }, id) => customers.cancelSetup(id),
  },
  'POST /v1/payment_methods/:id/detach': {
    operation: 'detach',
    answer: ({ customers }, id) => customers.detach(id),
  },
};

/** The route of a path, and the id in it. */
export const routeTo = (method: string, path: string): { readonly route: Route; readonly id: string } => {
  const exact = routes[`${method} ${path}`];
  if (exact) return { route: exact, id: '' };
  const id = /^\/v1\/\w+\/([^/]+)/.exec(path)?.[1] ?? '';
  const route = id && routes[`${method} ${path.replace(id, ':id')}`];
  if (!route) throw missing(`route: ${method} ${path}`);
  return { route, id };
};
