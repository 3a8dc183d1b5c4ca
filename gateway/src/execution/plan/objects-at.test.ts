import { expect, it } from 'vitest';
import { objectsAt, pathsAt } from './objects-at.ts';

const data = {
  shelves: [{ items: [{ id: 1 }, null, { id: 2 }] }, null, { items: null }, { items: [{ id: 3 }] }],
};

it('finds the objects below lists, past what is null', () => {
  expect(objectsAt(data, ['shelves', '@', 'items', '@'])).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
  expect(objectsAt(data, ['nothing', 'there'])).toEqual([]);
  expect(objectsAt(data, [])).toEqual([data]);
  expect(objectsAt({ grid: [[{ id: 1 }], [{ id: 2 }]] }, ['grid', '@', '@'])).toEqual([
    { id: 1 },
    { id: 2 },
  ]);
});

it('says where each of them is', () => {
  expect(pathsAt(data, ['shelves', '@', 'items', '@'])).toEqual([
    ['shelves', 0, 'items', 0],
    ['shelves', 0, 'items', 2],
    ['shelves', 3, 'items', 0],
  ]);
});
