import { beforeEach, describe, expect, it } from 'vitest';
import { createKept } from './kept.ts';

type Thing = { readonly text: string };

describe('what is kept in the process', () => {
  let stored: Map<string, Thing>;
  let reads: string[][];
  let told: boolean;
  /** What a read waits for before it answers what it found. */
  let gate: Promise<void>;
  const open = (mostSize = 100) =>
    createKept<Thing>(
      async (keys) => {
        reads.push([...keys]);
        const found = new Map(
          keys.flatMap((key) => (stored.has(key) ? [[key, stored.get(key) as Thing]] : [])),
        );
        await gate;
        return found;
      },
      { mostSize, sizeOf: ({ text }) => text.length, maxAgeMs: 60_000, isTold: () => told },
    );
  const texts = (found: ReadonlyMap<string, Thing>) => [...found.values()].map(({ text }) => text);

  beforeEach(() => {
    stored = new Map([
      ['a', { text: 'old' }],
      ['b', { text: 'bee' }],
    ]);
    reads = [];
    told = true;
    gate = Promise.resolve();
  });

  it('is read once, and only what is missing', async () => {
    const kept = open();
    expect(texts(await kept.get(['a']))).toEqual(['old']);
    expect(texts(await kept.get(['a', 'b', 'none']))).toEqual(['old', 'bee']);
    expect(reads).toEqual([['a'], ['b', 'none']]);
  });

  it.each([
    ['by itself', (kept: ReturnType<typeof open>) => kept.forget(['a'])],
    ['with all', (kept: ReturnType<typeof open>) => kept.forgetAll()],
  ])('is read anew once it is forgotten %s', async (_, forget) => {
    const kept = open();
    await kept.get(['a']);
    stored.set('a', { text: 'new' });
    forget(kept);
    expect(texts(await kept.get(['a']))).toEqual(['new']);
  });

  it.each([
    ['by itself', (kept: ReturnType<typeof open>) => kept.forget(['a'])],
    ['with all', (kept: ReturnType<typeof open>) => kept.forgetAll()],
  ])('is not kept when it was forgotten %s while it was read', async (_, forget) => {
    const kept = open();
    let finish = () => {};
    gate = new Promise((resolve) => {
      finish = resolve;
    });
    const reading = kept.get(['a', 'b']);
    stored.set('a', { text: 'new' });
    forget(kept);
    finish();
    await reading;
    expect(texts(await kept.get(['a']))).toEqual(['new']);
  });

  it('is neither used nor kept while nobody tells of changes', async () => {
    const kept = open();
    await kept.get(['a']);
    told = false;
    stored.set('a', { text: 'new' });
    expect(texts(await kept.get(['a']))).toEqual(['new']);
    expect(texts(await kept.get(['b']))).toEqual(['bee']);
    told = true;
    stored.set('b', { text: 'newer' });
    expect(texts(await kept.get(['b']))).toEqual(['newer']);
  });

  it('gives way to what is asked for later', async () => {
    const kept = open(4);
    await kept.get(['a']);
    await kept.get(['b']);
    await kept.get(['a']);
    expect(reads).toEqual([['a'], ['b'], ['a']]);
  });
});
