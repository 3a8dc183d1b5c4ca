import fc from 'fast-check';
import { expect, it } from 'vitest';
import { brokenInvariants } from './broken-invariants.ts';
import { createMemoryKeeper } from './memory-keeper.ts';
import { modelStories } from './model-size.ts';
import { stories } from './operations.ts';
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
