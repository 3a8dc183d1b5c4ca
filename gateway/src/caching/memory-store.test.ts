import { describe, expect, it } from 'vitest';
import { createMemoryStore } from './memory-store.ts';

describe('a cache in memory', () => {
  it('lets go of what is too old', async () => {
    let now = 0;
    const store = createMemoryStore(100, () => now);
    await store.write({ a: '1' }, 10);
    now = 9_999;
    expect(await store.read(['a', 'b'])).toEqual(['1', null]);
    now = 10_000;
    expect(await store.read(['a'])).toEqual([null]);
  });

  it('lets go of what was written first when it is full', async () => {
    const store = createMemoryStore(6);
    for (const key of ['a', 'b', 'a', 'c']) await store.write({ [key]: '12' }, 10);
    expect(await store.read(['a', 'b', 'c'])).toEqual(['12', null, '12']);
  });

  it('writes what is new, and says whether all was', async () => {
    const store = createMemoryStore();
    expect(await store.writeNew({ a: '1' }, 10)).toBe(true);
    expect(await store.writeNew({ a: '2', b: '2' }, 10)).toBe(false);
    expect(await store.read(['a', 'b'])).toEqual(['1', '2']);
    expect(await store.writeNew({}, 10)).toBe(true);
  });
});
