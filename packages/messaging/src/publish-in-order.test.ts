import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { OutboxRow } from './outbox-rows.ts';
import { publishInOrder } from './publish-in-order.ts';

const row = (id: string, aggregateId: string): OutboxRow => ({
  id,
  aggregateId,
  subject: 's',
  body: '{}',
  age: 0,
});
const batch = [row('a1', 'a'), row('b1', 'b'), row('a2', 'a'), row('b2', 'b'), row('a3', 'a')];

describe('a batch', () => {
  it('is published in order per aggregate, aggregates side by side', async () => {
    const begun: string[] = [];
    const { published, failures } = await publishInOrder(batch, async ({ id }) => {
      begun.push(id);
      await turn();
      return { sequence: begun.length, duplicate: false };
    });
    expect(begun).toEqual(['a1', 'b1', 'a2', 'b2', 'a3']);
    expect([...published.keys()].toSorted()).toEqual(['a1', 'a2', 'a3', 'b1', 'b2']);
    expect(failures).toEqual([]);
  });

  it('stops an aggregate at its first failure, and no other', async () => {
    const { published, failures } = await publishInOrder(batch, async ({ id }) => {
      if (id === 'a2') throw new Error('no');
      return { sequence: 1, duplicate: false };
    });
    expect([...published.keys()].toSorted()).toEqual(['a1', 'b1', 'b2']);
    expect(failures).toEqual([new Error('no')]);
  });
});
