import { describe, expect, it } from 'vitest';
import { BoundedMap } from './bounded-map.ts';

const keysIn = (map: BoundedMap<number, string>): number[] =>
  Array.from({ length: 1_000 }, (_, key) => key).filter((key) => map.get(key) !== undefined);

describe('a bounded map', () => {
  it('keeps at most so many, the latest', () => {
    const map = new BoundedMap<number, string>(10);
    for (let key = 0; key < 1_000; key += 1) map.set(key, 'x');
    const kept = keysIn(map);
    expect(kept.length).toBeLessThanOrEqual(10);
    expect(kept.slice(-5)).toEqual([995, 996, 997, 998, 999]);
  });

  it('keeps what is used', () => {
    const map = new BoundedMap<number, string>(10);
    map.set(0, 'used');
    for (let key = 1; key < 100; key += 1) {
      map.set(key, 'x');
      map.get(0);
    }
    expect(map.get(0)).toBe('used');
    expect(map.get(1)).toBeUndefined();
  });

  it('holds the latest value of a key', () => {
    const map = new BoundedMap<number, string>(4);
    map.set(1, 'a');
    map.set(2, 'x');
    map.set(1, 'b');
    map.set(3, 'x');
    expect(map.get(1)).toBe('b');
  });

  it('forgets what is deleted, and is empty without anything', () => {
    const map = new BoundedMap<number, string>(2);
    expect(map.isEmpty).toBe(true);
    map.set(1, 'a');
    expect(map.isEmpty).toBe(false);
    map.delete(1);
    expect([map.get(1), map.isEmpty]).toEqual([undefined, true]);
  });
});
