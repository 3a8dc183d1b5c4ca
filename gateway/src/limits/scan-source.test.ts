import { getIntrospectionQuery } from 'graphql';
import { describe, expect, it } from 'vitest';
import { type SourceLimits, scanSource } from './scan-source.ts';

const limits: SourceLimits = {
  maxTokens: 2_000,
  maxDepth: 5,
  maxDefinitions: 3,
  maxFields: 5,
  maxAliases: 3,
  maxDirectives: 6,
  maxDirectivesInOnePlace: 2,
};
const messageOf = (source: string) => scanSource(source, limits)?.message ?? null;

describe('a document may be parsed', () => {
  it.each([
    [
      'of the usual kind',
      'query A($n: Int = 3, $s: [String!]) { b: a(n: $n, o: { s: $s, n: 1 }) @skip(if: true) { c } }',
    ],
    [
      'with as many fields as are allowed',
      'query A { b: a(x: y) @c(d: e) ...F c } fragment F on T { d ... @x { e } f }',
    ],
    ['with as many aliases as are allowed', '{ a: x b: x c: x }'],
    ['with directives in several places', '{ a @x @x b @x @x ... @x @x { c } }'],
    [
      'with signs in texts and comments',
      `{ a(t: "${'{ @x a: '.repeat(20)}") # ${'{ @x a: '.repeat(20)}\n }`,
    ],
    ['that is no GraphQL, which the parser says better', `{ a ~ ${'{'.repeat(50)}`],
    ['that is empty', ''],
  ])('%s', (_what, source) => expect(messageOf(source)).toBeNull());

  it('that asks for the whole schema, as tools do', () => {
    const introspection = getIntrospectionQuery({ inputValueDeprecation: true, specifiedByUrl: true });
    expect(
      scanSource(introspection, { ...limits, maxDepth: 15, maxDefinitions: 5, maxFields: 200 }),
    ).toBeNull();
  });
});

describe('a document is refused with the limit and what to do', () => {
  it.each([
    ['tokens', `{ a(b: ${'1 '.repeat(3_000)}) }`, 'more than 2000 tokens'],
    ['levels', `${'{ '.repeat(11)}${'}'.repeat(11)}`, 'more than 10 brackets'],
    ['lists in lists', `{ a(b: ${'['.repeat(1_000)}`, 'more than 10 brackets'],
    ['objects in objects', `{ a(b: ${'{ a: '.repeat(500)}`, 'more than 10 brackets'],
    ['fragments', `{ a } ${'fragment F on T { a } '.repeat(3)}`, 'more than 3 operations and fragments'],
    ['operations', 'query A { a } '.repeat(4), 'more than 3 operations and fragments'],
    ['fields', '{ a b c { d e f } }', 'more than 5 fields'],
    ['aliases', '{ a: x b: x c: x d: x }', 'more than 3 aliases'],
    ['directives', '{ a @x @x b @x @x c @x @x d @x }', 'more than 6 directives'],
    ['directives on a field', '{ a @x(y: z) @x(y: "}") @x }', 'more than 2 directives in one place'],
    ['directives on an operation', 'query ($a: Int) @x @x @x { a }', 'more than 2 directives in one place'],
    [
      'directives without anything between',
      `{ a ${'@x'.repeat(3)} }`,
      'more than 2 directives in one place',
    ],
  ])('for too many %s', (_what, source, message) => {
    const refusal = scanSource(source, limits);
    expect(refusal?.message).toContain(message);
    expect(refusal?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', http: { status: 400 } });
  });
});
