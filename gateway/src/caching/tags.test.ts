import { describe, expect, it } from 'vitest';
import { touchedBy } from './tags.ts';

const keys: Record<string, readonly string[]> = { Book: ['id'], Seat: ['row', 'number'] };
const touched = (typename: string, key?: unknown) => touchedBy({ typename, key }, (type) => keys[type]);

describe('a change touches', () => {
  it.each([
    ['the object of this key', 'Book', 'b1', 'Book:["b1"]'],
    ['the object of this key, as a number', 'Book', 7, 'Book:["7"]'],
    ['the object of this key, by its field', 'Book', { id: 'b1' }, 'Book:["b1"]'],
    ['the object of these fields', 'Seat', { number: 2, row: 'A' }, 'Seat:["A","2"]'],
    ['the type as a whole, without a key', 'Book', null, 'all:Book'],
    ['the type as a whole, by another key', 'Book', { isbn: '1' }, 'all:Book'],
    ['the type as a whole, by a part of its key', 'Seat', { row: 'A' }, 'all:Seat'],
    ['the type as a whole, by one value for two fields', 'Seat', 'A', 'all:Seat'],
    ['the type as a whole, of a type without keys', 'Size', '1', 'all:Size'],
  ])('%s, and any of its type', (_what, typename, key, tag) =>
    expect(touched(typename, key)).toEqual([`any:${typename}`, tag]),
  );
});
