import { parse, print } from 'graphql';
import { describe, expect, it } from 'vitest';
import { conditionVariables, decided } from './conditions.ts';

const flat = (query: string, conditions: Record<string, boolean> = {}) =>
  print(decided(parse(query), conditions))
    .replace(/\s+/g, ' ')
    .trim();

describe('a document whose conditions are decided', () => {
  it('has lost what is skipped, and the words of its conditions', () => {
    const query =
      '{ a @skip(if: $v) b @include(if: $v) c @skip(if: true) ... @include(if: $w) { d } ...F @skip(if: $v) }';
    expect(flat(query, { v: true, w: false })).toBe('{ b }');
    expect(flat(query, { v: false, w: true })).toBe('{ a ... { d } ...F }');
  });
  it('still asks for something where everything is skipped', () => {
    expect(flat('{ a { b @skip(if: true) } }')).toBe('{ a { __typename } }');
  });
  it('defers for certain, or not at all', () => {
    const query = '{ a { ... @defer(if: $d, label: "x") { b } } }';
    expect(flat(query, { d: true })).toBe('{ a { ... @defer(label: "x") { b } } }');
    expect(flat(query, { d: false })).toBe('{ a { ... { b } } }');
  });
  it('names the variables that decide it', () => {
    expect(
      conditionVariables(parse('{ a @skip(if: $v) ... @defer(if: $d) { b @include(if: $v) } }')),
    ).toEqual(['v', 'd']);
  });
});
