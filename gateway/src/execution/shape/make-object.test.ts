import { expect, it } from 'vitest';
import { compileMakeObject, unfit } from './make-object.ts';

type At = { readonly path: (string | number)[]; readonly completed: unknown[] };

const at = (): At => ({ path: [], completed: [] });
const complete = (value: unknown, { path, completed }: At) => {
  completed.push([...path, value]);
  return value ?? null;
};
const anything = (): string => 'true';

it('renames, orders, and completes only what is not fit as it is', () => {
  const make = compileMakeObject<At>([
    { key: 'b', wireName: 'b__asked', isFit: (v) => `typeof ${v} === 'string'`, complete },
    { key: 'a', wireName: 'a', isFit: (v) => `typeof ${v} === 'string'`, complete },
  ]);
  const place = at();
  const made = make({ a: 1, b__asked: 'x', more: true }, place);
  expect(JSON.stringify(made)).toBe('{"b":"x","a":1}');
  expect(place).toEqual({ path: [], completed: [['a', 1]] });
});

it('is unfit when a field is', () => {
  const make = compileMakeObject<At>([{ key: 'a', wireName: 'a', isFit: null, complete: () => unfit }]);
  const place = at();
  expect(make({}, place)).toBe(unfit);
  expect(place.path).toEqual([]);
});

it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', '__defineGetter__'])(
  'takes %s for a name like any other',
  (name) => {
    const make = compileMakeObject<At>([{ key: name, wireName: name, isFit: anything, complete }]);
    expect(JSON.stringify(make(JSON.parse(`{"${name}":1}`), at()))).toBe(`{"${name}":1}`);
    expect(JSON.stringify(make({}, at()))).toBe('{}');
  },
);

it('puts names into code as text', () => {
  const name = '"]: null }; throw new Error("run"); //';
  const make = compileMakeObject<At>([{ key: name, wireName: name, isFit: null, complete }]);
  expect(make({ [name]: 1 }, at())).toEqual({ [name]: 1 });
});
