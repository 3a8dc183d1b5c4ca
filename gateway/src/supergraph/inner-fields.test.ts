import { Supergraph } from '@apollo/federation-internals';
import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { composed } from '../testing/in-process-graph.ts';
import { buildGraph } from './graph.ts';
import { readInnerFields } from './inner-fields.ts';

const shop = {
  name: 'shop',
  sdl: `
    type Query { item: Item  room: Room  place: Place }
    type Item @key(fields: "id at { room }") { id: ID!  at: Spot!  price(in: String, on: Int): Int  spot: Place }
    type Spot @shareable { room: Int!  row: Int }
    type Room @key(fields: "id") { id: ID!  price(in: String): Int }
    interface Place { size(unit: String): Int }
    type Hall implements Place { size(unit: String): Int }`,
};
/** A field that is external must be used. */
const external = (field: string, fields: string) =>
  fields.includes(field.slice(0, field.search(/\W/))) ? `${field} @external` : '';
const tariff = (itemFields: string, roomFields: string) => ({
  name: 'tariff-2',
  sdl: `
    type Item @key(fields: "id at { room }") {
      id: ID!  at: Spot!  ${itemFields}
      ${external('price(in: String, on: Int): Int', itemFields)}
      ${external('spot: Place', itemFields)}
    }
    type Spot @shareable { room: Int! }
    type Room @key(fields: "id") {
      id: ID!  ${roomFields}
      ${external('price(in: String): Int', roomFields)}
    }
    interface Place { size(unit: String): Int }
    type Hall implements Place { size(unit: String): Int @external }`,
});
const supergraph = (itemFields: string, roomFields = '') =>
  composed([shop, tariff(itemFields, roomFields)]);

describe('the fields that plans ask for by themselves', () => {
  it('are those of keys and requirements, nested ones too', () => {
    const sdl = supergraph(`fee: Int @requires(fields: "price(in: \\"EUR\\") spot { size }")`);
    const { names, withArguments } = readInnerFields(
      parse(sdl),
      Supergraph.build(sdl).schema.toGraphQLJSSchema(),
    );
    expect([...names].toSorted()).toEqual(['__typename', 'at', 'id', 'price', 'room', 'size', 'spot']);
    expect([...withArguments]).toEqual(['price']);
  });

  it.each([
    [
      'order of arguments',
      `a: Int @requires(fields: "price(in: \\"EUR\\", on: 1)")`,
      `price(on: 1, in: \\"EUR\\")`,
    ],
    ['formatting', `a: Int @requires(fields: "price(in: \\"EUR\\")")`, `price( in : \\"EUR\\" )`],
  ])('may be required with arguments more than once, whatever the %s', (_what, first, second) => {
    expect(() => buildGraph(supergraph(`${first}  b: Int @requires(fields: "${second}")`))).not.toThrow();
  });

  it('may be required with other arguments of another type', () => {
    const sdl = supergraph(
      `fee: Int @requires(fields: "price(in: \\"EUR\\")")`,
      `fee: Int @requires(fields: "price(in: \\"USD\\")")`,
    );
    expect(() => buildGraph(sdl)).not.toThrow();
  });

  it.each([
    ['another argument', 'price(in: \\"EUR\\")', 'price(in: \\"USD\\")', 'price(in: "USD")'],
    ['none', 'price(in: \\"EUR\\")', 'price', 'Item.price'],
    [
      'another below an interface',
      'spot { size(unit: \\"m\\") }',
      'spot { ... on Hall { size } }',
      'Hall.size',
    ],
  ])('may not be required with arguments here, and with %s there', (_what, first, second, named) => {
    const build = () =>
      buildGraph(supergraph(`a: Int @requires(fields: "${first}")  b: Int @requires(fields: "${second}")`));
    expect(build).toThrow('Item.a in subgraph "tariff-2" requires');
    expect(build).toThrow('Item.b in subgraph "tariff-2"');
    expect(build).toThrow(named);
  });

  it('may not be required twice at once with different arguments', () => {
    expect(() =>
      buildGraph(supergraph(`a: Int @requires(fields: "price(in: \\"EUR\\") price(in: \\"USD\\")")`)),
    ).toThrow('Item.a in subgraph "tariff-2" requires Item.price(in: "EUR")');
  });
});
