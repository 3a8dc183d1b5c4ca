import { asId } from '@emporium/domain';
import { expect, it } from 'vitest';
import { altProblem, type Image, imageFile, inOrder } from './images.ts';

const image = (id: string): Image => ({
  id: asId(id),
  fileId: `file-${id}`,
  width: 1,
  height: 1,
  alt: null,
});
const [a, b] = [image('a'), image('b')];

it('are put into an order that names each of them once', () =>
  expect(inOrder([a, b], ['b', 'a'])).toEqual([b, a]));

it.each([[['a']], [['a', 'a']], [['a', 'b', 'b']], [['a', 'c']], [[]]])(
  'are not put into the order %j',
  (ids) => expect(inOrder([a, b], ids)).toBeNull(),
);

it('have files for each size', () => expect(imageFile('x', 'SMALL')).toBe('x-small.webp'));

it.each([
  ['A blue mug', null],
  ['x'.repeat(301), expect.any(String)],
  ['two\nlines', expect.any(String)],
])('say %j', (alt, verdict) => expect(altProblem(alt)).toEqual(verdict));
