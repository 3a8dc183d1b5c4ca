import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../../testing/test-gateway.ts';

let gateway: TestGateway;
let signedIn: Record<string, string>;
beforeAll(async () => {
  gateway = await startTestGateway();
  signedIn = { authorization: `Bearer ${await gateway.accessToken('ada')}` };
});
afterAll(() => gateway.stop());

type Asked = {
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
};

const ask = async ({ body, headers }: Asked) => {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-request-id': 'known', ...signedIn, ...headers },
    body: JSON.stringify(body),
  });
  const { date: _, 'transfer-encoding': __, ...told } = Object.fromEntries(response.headers);
  return { status: response.status, headers: told, text: await response.text() };
};

const page =
  'query Page($id: ID!, $full: Boolean = true) { parcel(id: $id) { id weight @include(if: $full) } }';
const two = 'query A { me { id } } query B { me { name } }';

/** How the operation becomes known, and how it is then asked. */
const cases: Readonly<Record<string, { first: Asked; again?: Asked }>> = {
  'with variables': { first: { body: { query: page, variables: { id: 'p' } } } },
  'with other variables': {
    first: { body: { query: `${page} # 2`, variables: { id: 'p' } } },
    again: { body: { query: `${page} # 2`, variables: { id: 'q', full: false } } },
  },
  'with variables that do not fit': {
    first: { body: { query: `${page} # 3`, variables: { id: 'p' } } },
    again: { body: { query: `${page} # 3`, variables: { id: null } } },
  },
  'one of two': {
    first: { body: { query: two, operationName: 'A' } },
    again: { body: { query: two, operationName: 'B' } },
  },
  'without saying which of two': {
    first: { body: { query: `${two} # 2`, operationName: 'A' } },
    again: { body: { query: `${two} # 2` } },
  },
  'by nobody': {
    first: { body: { query: '{ me { id } }' } },
    again: { body: { query: '{ me { id } }' }, headers: { authorization: 'Bearer forged' } },
  },
  'from a page that may not': {
    first: { body: { query: '{ me { name } }' } },
    again: {
      body: { query: '{ me { name } }' },
      headers: { authorization: '', cookie: 'emporium_access=x', origin: 'https://evil.example' },
    },
  },
  'that fails in its subgraph': { first: { body: { query: '{ secret }' } } },
  'that is refused by its subgraph': { first: { body: { query: 'mutation { fail }' } } },
  'that sets cookies': { first: { body: { query: 'mutation { signIn(name: "ada") }' } } },
  introspection: { first: { body: { query: '{ __type(name: "Parcel") { name } }' } } },
  'for a newer media type': {
    first: {
      body: { query: '{ me { id name } }' },
      headers: { accept: 'application/graphql-response+json' },
    },
  },
  'for a media type that nobody has': {
    first: { body: { query: '{ me { name id } }' } },
    again: { body: { query: '{ me { name id } }' }, headers: { accept: 'image/png' } },
  },
  'with extensions': { first: { body: { query: '{ me { id } } # 2', extensions: { client: 'x' } } } },
  'with variables that are no object': {
    first: { body: { query: '{ me { id } } # 3' } },
    again: { body: { query: '{ me { id } } # 3', variables: 'x' } },
  },
};

describe('an operation that is known', () => {
  it.each(Object.entries(cases))(
    'is answered as one that is not: %s',
    async (name, { first, again = first }) => {
      const fresh = (asked: Asked): Asked => ({
        ...asked,
        body: { ...asked.body, query: `${asked.body.query} # never asked: ${name}` },
      });
      const unknown = await ask(fresh(again));
      await ask(first);
      expect(await ask(again)).toEqual(unknown);
      expect(await ask(again)).toEqual(unknown);
    },
  );
});
