import fc from 'fast-check';
import { expect, it } from 'vitest';
import { brokenInvariants } from './broken-invariants.ts';
import { createMemoryKeeper } from './memory-keeper.ts';
import { modelStories } from './model-size.ts';
import { type Operation, type Order, stories } from './operations.ts';
import { createWorld } from './world.ts';

it(`money adds up after every step of ${modelStories} random stories, whatever is cut short`, async () => {
  let [captured, disputed, converted, backConverted, writtenOff] = [0, 0, 0, 0, 0];
  await fc.assert(
    fc.asyncProperty(stories, async (story) => {
      const { keeper, memory } = createMemoryKeeper();
      const world = createWorld('story', story, keeper);
      for (const operation of [...story.operations, { type: 'SETTLE', crash: null } as const]) {
        await world.perform(operation);
        expect(brokenInvariants(memory())).toEqual([]);
      }
      disputed += memory().disputes.size;
      writtenOff += memory().writeOffs.size;
      const conversions = [...memory().journals.values()].filter(({ conversion }) => conversion);
      converted += conversions.length;
      backConverted += conversions.filter(({ kind }) => kind === 'REFUND').length;
      captured += [...memory().journals.values()].filter(({ kind }) => kind === 'CAPTURE').length;
    }),
    { numRuns: modelStories },
  );
  // Stories in which nothing happens would hold, too.
  expect(captured).toBeGreaterThan(modelStories / 2);
  expect(disputed).toBeGreaterThan(modelStories / 20);
  expect(converted).toBeGreaterThan(modelStories / 10);
  expect(backConverted).toBeGreaterThan(modelStories / 50);
  expect(writtenOff).toBeGreaterThan(modelStories / 100);
}, 600_000);

it('a provider that pays two refunds at the same moment, and holds money for one, advances the other', async () => {
  const order: Order = {
    ...{ buyer: 0, method: 'CARD', declines: false },
    shipments: [1, 2].map((seller) => ({ seller, minor: 100 })),
  };
  const story = { orders: [order, order], operations: [] };
  const { keeper, memory } = createMemoryKeeper();
  const world = createWorld('story', story, keeper);
  const operations: readonly Operation[] = [
    { type: 'PAY_ALL', crash: null },
    { type: 'DELIVER', order: 0, shipment: 0, crash: null },
    { type: 'WITHDRAW_ALL', user: 1, currency: 'GBP', crash: null },
    { type: 'END', order: 0, crash: null },
    // Two refunds of each order, of which the second are settled together.
    { type: 'CALL_OFF', order: 1, shipment: 0, minor: 100, key: 0, crash: null },
    { type: 'END', order: 1, crash: null },
    { type: 'SETTLE', crash: null },
  ];
  for (const operation of operations) await world.perform(operation);
  expect(brokenInvariants(memory())).toEqual([]);
  const { balances } = memory();
  expect(balances.get('provider:card:GBP')).toBe(0n);
  expect(balances.get('provider:card:advances:GBP')).toBeGreaterThan(0n);
});
