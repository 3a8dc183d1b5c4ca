import { getOperationAST, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { buildGraph } from '../supergraph/graph.ts';
import { compose } from '../testing/compose.ts';
import { createAdmit, type OperationLimits } from './admission.ts';
import { at } from './amount.ts';
import { compileCost } from './compile-cost.ts';
import { createPriceList } from './price-list.ts';

const link = (imports: string) =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [${imports}])`;
const shelves = `${link('"@key", "@shareable", "@cost", "@listSize"')}
  type Query {
    books(first: Int = 20): [Book!]!
    pages(first: Int = 20, after: String): BookConnection
    shelf: Shelf
    sliced(first: Int, last: Int): [Book!]! @listSize(slicingArguments: ["first", "last"])
    either(first: Int = 5, last: Int): [Book!]! @listSize(slicingArguments: ["first", "last"], requireOneSlicingArgument: false)
    sized(first: Int!): BookConnection @listSize(slicingArguments: ["first"], sizedFields: ["edges"])
    best: [Book!]! @listSize(assumedSize: 3)
    report(filter: Filter, exact: Boolean @cost(weight: 4)): Int @cost(weight: 50)
    thing: Thing
    any: Any
  }
  type Mutation { shelve(id: ID!): Book }
  type Shelf { id: ID!  books: [Book!]!  shelf: Shelf  grade: Grade }
  type Book implements Thing @key(fields: "id") { id: ID!  books(first: Int = 20): [Book!]!  secret: String @cost(weight: 7) }
  type Film implements Thing @cost(weight: 9) { id: ID!  books(first: Int = 20): [Book!]! @listSize(assumedSize: 40, slicingArguments: ["first"]) }
  interface Thing { id: ID!  books(first: Int = 20): [Book!]! }
  union Any = Book | Film
  type BookConnection { edges: [BookEdge!]!  nodes: [Book!]!  total: Int  pageInfo: PageInfo! }
  type BookEdge { node: Book  cursor: String }
  type PageInfo @shareable { next: Boolean! }
  enum Grade @cost(weight: 2) { A B }
  input Filter { text: String @cost(weight: 10)  all: [Filter!] }
`;
const prices = `${link('"@key", "@shareable", { name: "@cost", as: "@price" }').replace('"@key", ', '"@key", ')}
  type Book @key(fields: "id") { id: ID!  price: Int @price(weight: 3) }
`;

const graphOf = (...sources: string[]) =>
  buildGraph(
    compose(sources.map((source, n) => ({ name: `s${n}`, url: `http://s${n}`, typeDefs: parse(source) }))),
  );
const graph = graphOf(shelves);

const read = (source: string, { clientSchema } = graph) => {
  const document = parse(source);
  const invalid = validate(clientSchema, document);
  if (invalid[0]) throw invalid[0];
  const operation = getOperationAST(document);
  if (!operation) throw new Error('no operation');
  return { document, operation };
};
const measure = (source: string, variables: Record<string, unknown> = {}, on = graph) => {
  const { document, operation } = read(source, on);
  const { cost, nodes } = compileCost(document, operation, {
    schema: on.clientSchema,
    prices: createPriceList(on.clientSchema, on.costs),
    assumedListSize: 10,
  });
  return { cost: at(cost, variables), nodes: at(nodes, variables) };
};
const costOf = (source: string, variables?: Record<string, unknown>) => measure(source, variables).cost;
const nodesOf = (source: string, variables?: Record<string, unknown>) => measure(source, variables).nodes;

describe('the items that an operation may ask for', () => {
  it.each([
    ['none without a page', '{ shelf { id } }', 0],
    ['a page of the usual size', '{ books { id } }', 20],
    ['a page of another', '{ books(first: 3) { id } }', 3],
    ['a page in a page', '{ books(first: 3) { books(first: 5) { id } } }', 3 * (1 + 5)],
    ['several at once', '{ a: books(first: 3) { id } b: books(first: 4) { id } }', 7],
    [
      'a page in fragments',
      '{ ...A } fragment A on Query { books(first: 3) { ... on Book { books(first: 5) { id } } } }',
      18,
    ],
    ['a negative page', '{ books(first: -5) { id } }', 0],
    ['a connection', '{ pages(first: 3) { edges { node { books(first: 5) { id } } } } }', 18],
    [
      'a connection of which no item is selected',
      '{ pages(first: 100000) { pageInfo { next } } }',
      100_000,
    ],
  ])('are %s', (_what, query, expected) => expect(nodesOf(query)).toBe(expected));

  it('hang on variables, and on their defaults', () => {
    const { document, operation } = read('query ($n: Int = 7) { books(first: $n) { id } }');
    const refuses = (maxNodes: number, variables: object) =>
      createAdmit(() => graph, { ...generous, maxNodes })(document, operation, { ...variables }) !== null;
    expect([refuses(7, {}), refuses(6, {})]).toEqual([false, true]);
    expect([refuses(9, { n: 9 }), refuses(8, { n: 9 })]).toEqual([false, true]);
    expect([refuses(20, { n: null }), refuses(19, { n: null })]).toEqual([false, true]);
  });
});

describe('the cost of an operation', () => {
  it.each([
    ['nothing for leaves of the root', '{ __typename }', 0],
    ['nothing for introspection', '{ __schema { types { fields { name } } } }', 0],
    ['1 for an object', '{ shelf { id } }', 1],
    ['1 for each object in another', '{ shelf { shelf { id } } }', 2],
    ['10 for a mutation', 'mutation { shelve(id: 1) { id } }', 11],
    ['as much as a list of unknown length may be long', '{ shelf { books { id } } }', 1 + 10],
    ['as much as a page is long', '{ books(first: 3) { id } }', 3],
    [
      'a connection once, and its items by the page',
      '{ pages(first: 3) { edges { node { id } } pageInfo { next } } }',
      1 + 3 * 2 + 1,
    ],
    [
      'by fragments as by fields',
      '{ pages(first: 3) { ...E } } fragment E on BookConnection { ... { edges { node { id } } } }',
      7,
    ],
    ['a field’s weight', '{ report }', 50],
    ['an argument’s weight', '{ report(exact: true) }', 54],
    ['nothing for an argument that is null', '{ report(exact: null) }', 50],
    [
      'each weight in an input',
      '{ report(filter: { text: "a", all: [{ text: "b" }, { text: "c" }] }) }',
      80,
    ],
    ['a leaf’s weight, by its type', '{ shelf { grade } }', 1 + 2],
    ['a leaf’s weight, by the field', '{ books(first: 2) { secret } }', 2 * (1 + 7)],
    ['a type’s weight', '{ any { ... on Film { id } } }', 9],
    ['the dearest type of an interface', '{ thing { id } }', 9],
    ['the longest list that an interface’s members know of', '{ thing { books(first: 2) { id } } }', 9 + 2],
    ['an assumed size', '{ best { id } }', 3],
    [
      'only the fields that a directive sizes',
      '{ sized(first: 2) { edges { cursor } nodes { id } } }',
      1 + 2 + 10,
    ],
    ['the larger of two slices', '{ either(first: 2, last: 6) { id } }', 6],
    ['the default of a slice', '{ either { id } }', 5],
  ])('is %s', (_what, query, expected) => expect(costOf(query)).toBe(expected));

  it('hangs on variables, in any place', () => {
    const query = `query ($n: Int!, $f: Filter, $t: String) {
      sized(first: $n) { edges { cursor } }
        a: report(filter: $f)
      b: report(filter: { text: $t })
    }`;
    expect(costOf(query, { n: 4, f: { all: [{ text: 'x' }] }, t: 'y' })).toBe(5 + 60 + 60);
    expect(costOf(query, { n: 0 })).toBe(1 + 100);
  });

  it('is read from directives that subgraphs import by other names', () => {
    const renamed = graphOf(prices.replace('type Book', 'type Query { book: Book } type Book'));
    expect(measure('{ book { price } }', {}, renamed).cost).toBe(1 + 3);
  });
});

const generous: OperationLimits = {
  maxDepth: 10,
  maxRootFields: 10,
  maxFields: 100,
  maxNodes: 1_000,
  maxCost: 1_000,
  assumedListSize: 10,
};

describe('an operation', () => {
  const refusalOf = (source: string, limits: Partial<OperationLimits>, variables = {}) => {
    const { document, operation } = read(source);
    return createAdmit(() => graph, { ...generous, ...limits })(document, operation, variables);
  };

  it('within the limits may run', () => {
    expect(refusalOf('{ books(first: 30) { books(first: 30) { id } } }', {})).toBeNull();
  });

  it.each([
    ['levels', '{ shelf { shelf { id } } }', { maxDepth: 2 }, 'at most 2'],
    ['fields at its root', '{ a: shelf { id } b: shelf { id } }', { maxRootFields: 1 }, 'at most 1'],
    ['fields', '{ shelf { id id id } }', { maxFields: 3 }, 'at most 3'],
    ['items', '{ books(first: 40) { books(first: 40) { id } } }', {}, 'at most 1000'],
    ['cost', '{ shelf { books { id } } }', { maxCost: 10 }, 'at most 10'],
  ])('is refused for too many %s, and told what to do', (_what, source, limits, message) => {
    const refusal = refusalOf(source, limits);
    expect(refusal?.message).toContain(message);
    expect(refusal?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', http: { status: 400 } });
  });

  it.each([
    ['of the root', '{ pages(first: 100000) { edges { cursor } } }', 'pages.first', 100],
    [
      'that stands in another',
      '{ books(first: 5) { in: books(first: 9000) { id } } }',
      'books.in.first',
      100,
    ],
    ['that nobody sized', '{ books { books { books { id } } } }', 'books.first', 2],
    [
      'in a fragment',
      '{ shelf { shelf { id } } ...A } fragment A on Query { a: books(first: 1001) { id } }',
      'a.first',
      100,
    ],
    ['beside a long one', '{ a: books(first: 500) { id } b: books(first: 530) { id } }', 'b.first', 100],
    [
      'among many',
      `{ ${Array.from({ length: 10 }, (_, n) => `p${n}: books(first: ${n === 4 ? 101 : 100}) { id }`).join(' ')} }`,
      'p4.first',
      100,
    ],
  ])(
    'names the page %s that makes it too large, and what to ask for there',
    (_what, source, field, most) => {
      const refusal = refusalOf(source, { maxCost: 1_000_000 });
      expect(refusal?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field });
      expect(refusal?.message).toContain(`Ask for at most ${most} by \`${field}\`.`);
    },
  );

  it('names a page that a variable sizes, and what makes the operation cheap enough', () => {
    const source = 'query ($n: Int) { books(first: $n) { secret } }';
    const refusal = refusalOf(source, { maxNodes: 1_000_000 }, { n: 400 });
    expect(refusal?.extensions).toMatchObject({ field: 'books.first' });
    expect(refusal?.message).toContain('Ask for at most 100 by `books.first`, or for fewer');
    const dear = refusalOf(source, { maxCost: 100 }, { n: 99 });
    expect(dear?.message).toContain('Ask for at most 12 by `books.first`');
    expect(refusalOf(source, { maxCost: 100 }, { n: 12 })).toBeNull();
    expect(refusalOf(source, { maxCost: 100 }, { n: 13 })).not.toBeNull();
  });

  it('names no page where none is to blame', () => {
    const refusal = refusalOf('{ report(exact: true) }', { maxCost: 10 });
    expect(refusal?.message).toContain('Ask for shorter pages, or for fewer fields');
    expect(refusal?.extensions).not.toHaveProperty('field');
  });

  it('that spreads fragments without end is refused before its cost is worked out', () => {
    const chain = Array.from(
      { length: 8 },
      (_, n) => `fragment F${n} on Shelf { a: shelf { ...F${n + 1} } b: shelf { ...F${n + 1} } }`,
    );
    const query = `{ shelf { ...F0 } } ${chain.join(' ')} fragment F8 on Shelf { id }`;
    expect(refusalOf(query, {})?.message).toContain('fields, fragments put in place');
  });

  it.each([
    ['none', '{ sliced { id } }', {}],
    ['both', '{ sliced(first: 1, last: 1) { id } }', {}],
    ['both, one by a variable', 'query ($n: Int) { sliced(first: 1, last: $n) { id } }', { n: 1 }],
    ['a variable that is not given', 'query ($n: Int) { sliced(first: $n) { id } }', {}],
  ])('needs one slicing argument where that is asked for, not %s', (_what, source, variables) => {
    expect(refusalOf(source, {}, variables)?.message).toContain(
      'exactly one of these arguments: first, last',
    );
  });

  it('may give the one slicing argument by a variable', () => {
    const source = 'query ($n: Int, $m: Int) { sliced(first: $n, last: $m) { id } }';
    expect(refusalOf(source, {}, { m: 3 })).toBeNull();
  });
});
