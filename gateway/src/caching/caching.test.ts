import { getOperationAST, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { buildGraph } from '../supergraph/graph.ts';
import { compose } from '../testing/compose.ts';
import { prepareCaching } from './caching.ts';

const link = `
  extend schema
    @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@composeDirective"])
    @link(url: "https://specs.example.test/cacheControl/v1.0", import: ["@cacheControl"])
    @composeDirective(name: "@cacheControl")
  enum CacheControlScope { PUBLIC PRIVATE }
  directive @cacheControl(maxAge: Int, scope: CacheControlScope, inheritMaxAge: Boolean)
    on FIELD_DEFINITION | OBJECT | INTERFACE | UNION
  type Size @shareable @cacheControl(inheritMaxAge: true) { width: Int }`;

const shelf = `${link}
  type Query {
    book(id: ID!): Book @cacheControl(maxAge: 60)
    mine: [Book!]! @cacheControl(maxAge: 30, scope: PRIVATE)
    now: Int
    size: Size
    item: Item @cacheControl(maxAge: 20)
    room: Room
    pen: Pen @cacheControl(maxAge: 60)
    page: Page @cacheControl(maxAge: 60)
  }
  type Mutation { read: Book @cacheControl(maxAge: 60) }
  type Page { books: [Book!]! @cacheControl(inheritMaxAge: true)  total: Int }
  type Book @key(fields: "id") @cacheControl(maxAge: 100) {
    id: ID!
    title: String
    size: Size
    room: Room
    notes: [String] @cacheControl(maxAge: 5)
    secret: String @cacheControl(scope: PRIVATE)
    next: Book @cacheControl(inheritMaxAge: true)
    pen: Pen
  }
  type Room @cacheControl(maxAge: 40) { number: Int }
  type Pen { colour: String }
  union Item = Room | Pen`;

const stars = `${link}
  type Query { popular: [Book!]  lent: Room2 }
  type Room2 { number: Int }
  type Book @key(fields: "id") {
    id: ID!
    stars: Int
    votes: Int @cacheControl(maxAge: 10)
    weight: Int @cacheControl(inheritMaxAge: true)
    area: Size
  }`;

const subgraphs = Object.entries({ shelf, stars });
const graph = buildGraph(
  compose(subgraphs.map(([name, sdl]) => ({ name, url: `http://${name}`, typeDefs: parse(sdl) }))),
);

const cachingOf = (query: string) => {
  const document = parse(query);
  const definition = getOperationAST(document);
  if (!definition) throw new Error('no operation');
  return prepareCaching(graph, document, definition);
};

describe('for how long an answer may be kept', () => {
  it.each([
    ['a field says, and its scalars inherit', '{ book(id: 1) { id title } }', 60, 'PUBLIC'],
    ['the least of all', '{ book(id: 1) { title notes } }', 5, 'PUBLIC'],
    ['PRIVATE if any field is', '{ book(id: 1) { secret } mine { id } }', 30, 'PRIVATE'],
    ['a value type inherits', '{ book(id: 1) { size { width } } }', 60, 'PUBLIC'],
    ['a field inherits that says so', '{ book(id: 1) { next { next { title } } } }', 60, 'PUBLIC'],
    ['a type says', '{ room { number } }', 40, 'PUBLIC'],
    [
      'a field’s own word wins over its type’s',
      '{ item { __typename ... on Room { number } } }',
      20,
      'PUBLIC',
    ],
    [
      'names and fragments add nothing',
      '{ b: book(id: 1) { ...F __typename } } fragment F on Book { t: title }',
      60,
      'PUBLIC',
    ],
    ['a field of another subgraph says', '{ book(id: 1) { votes } }', 10, 'PUBLIC'],
    ['a field of another subgraph inherits that says so', '{ book(id: 1) { weight } }', 60, 'PUBLIC'],
    ['a list in a page inherits', '{ page { books { id } total } }', 60, 'PUBLIC'],
  ] as const)('%s', (_what, query, maxAge, scope) =>
    expect(cachingOf(query)).toMatchObject({ maxAge, scope }),
  );

  it.each([
    ['a root field says nothing', '{ now }'],
    ['a root field’s type only inherits', '{ size { width } }'],
    ['one of several root fields says nothing', '{ book(id: 1) { id } now }'],
    ['a field that leads to an object says nothing', '{ book(id: 1) { title pen { colour } } }'],
    [
      'a skipped field might count',
      'query ($a: Boolean!) { book(id: 1) { id pen @skip(if: $a) { colour } } }',
    ],
    ['a field of another subgraph says nothing', '{ book(id: 1) { title stars } }'],
    ['a value of another subgraph only inherits', '{ book(id: 1) { area { width } } }'],
    ['another subgraph than the type’s answers with it', '{ popular { id } }'],
    ['it comes in parts', '{ book(id: 1) { id ... @defer { title } } }'],
    ['it is a mutation', 'mutation { read { id } }'],
    ['it is about the schema', '{ book(id: 1) { id } __schema { queryType { name } } }'],
    ['it is about nothing', '{ __typename }'],
  ])('not at all: %s', (_what, query) => expect(cachingOf(query)).toBeNull());

  it('is not worth finding out for fragments that spell out without end', () => {
    const chain = Array.from(
      { length: 40 },
      (_, level) =>
        `fragment F${level} on Book { a: next { ...F${level + 1} } b: next { ...F${level + 1} } }`,
    );
    expect(
      cachingOf(`{ book(id: 1) { ...F0 } } ${chain.join(' ')} fragment F40 on Book { title }`),
    ).toBeNull();
  });
});

const dependencies = (query: string, data: Record<string, unknown>) =>
  [...(cachingOf(query)?.dependenciesOf(data) ?? [])].toSorted();

describe('an answer depends on', () => {
  it('an object whose key it shows, whatever the field is called there', () =>
    expect(dependencies('{ book(id: 1) { key: id title } }', { book: { key: '1', title: 'A' } })).toEqual([
      '*',
      'Book:["1"]',
      'all:Book',
    ]));

  it('all of a type when the key was not asked for', () =>
    expect(dependencies('{ book(id: 1) { title } }', { book: { title: 'A' } })).toEqual(['*', 'any:Book']));

  it('all of a type when there is none', () =>
    expect(dependencies('{ book(id: 1) { id } }', { book: null })).toEqual(['*', 'any:Book']));

  it('all of a type in a list, where another may appear', () => {
    expect(dependencies('{ mine { id } }', { mine: [{ id: '1' }] })).toEqual(['*', 'any:Book']);
    expect(dependencies('{ mine { id } }', { mine: [] })).toEqual(['*', 'any:Book']);
    const page = { page: { books: [{ id: '1' }], total: 1 } };
    expect(dependencies('{ page { books { id } total } }', page)).toEqual(['*', 'any:Book', 'any:Page']);
  });

  it('what hangs on a known object, each by its own key', () =>
    expect(
      dependencies('{ book(id: 1) { id next { id next { id } } size { width } } }', {
        book: { id: '1', next: { id: '2', next: null }, size: { width: 1 } },
      }),
    ).toEqual(['*', 'Book:["1"]', 'Book:["2"]', 'all:Book', 'any:Size']));

  it('every type that an object of an unknown one may have', () =>
    expect(dependencies('{ item { ... on Room { number } } }', { item: { number: 1 } })).toEqual([
      '*',
      'any:Pen',
      'any:Room',
    ]));
});

describe('an operation is named', () => {
  it('alike however it is laid out, and unlike another', () => {
    const [a, b, c] = ['{book(id:1){id}}', '{ book(id: 1) { id } }', '{ book(id: 2) { id } }'].map(
      (query) => cachingOf(query)?.id,
    );
    expect(a).toBe(b);
    expect(a).not.toBe(c);
  });
});
