import { describe, expect, it } from 'vitest';
import { findPlanted } from './find-planted.ts';
import { plantedFaults } from './planted/faults.ts';
import { retell } from './retell.ts';
import { runStory } from './run-story.ts';
import { shrink } from './shrink.ts';
import { tellStory } from './story/story.ts';

/** Generous: how long it takes is the machine's business. */
const timeout = 600_000;
/** Where the search for a fault begins, so that most are found at once; wherever it begins, 200 seeds are enough. */
const hints: Readonly<Record<string, number>> = {
  'unconditional-stock-update': 90,
  'outbox-outside-transaction': 13,
};

describe('a story', () => {
  it('that is told twice is the same, to the last detail', { timeout }, async () => {
    const [once, again] = [
      await runStory(tellStory(7), { keepsTrace: true }),
      await runStory(tellStory(7), { keepsTrace: true }),
    ];
    expect(again.trace).toEqual(once.trace);
    expect(again.digest).toBe(once.digest);
    expect(once.trace.length).toBeGreaterThan(1000);
  });

  it('of another seed is another', { timeout }, async () => {
    const [one, other] = [await runStory(tellStory(7)), await runStory(tellStory(8))];
    expect(one.digest).not.toBe(other.digest);
  });

  it('that fails is made short, and fails alike', { timeout }, async () => {
    const fault = plantedFaults.find(({ name }) => name === 'release-on-cancel-dropped');
    const found = fault && (await findPlanted(fault, 200));
    if (!found) throw new Error('the fault was not found');
    const run = (story: ReturnType<typeof tellStory>) => runStory(story, { seams: fault.seams() });
    const story = tellStory(found.seed);
    const short = await shrink({ story, ending: await run(story) }, run);
    expect(short.story.operations.length).toBeLessThanOrEqual(4);
    expect(short.story.faults.length).toBeLessThanOrEqual(1);
    expect(retell(short.story, short.ending)).toContain('CANCEL');
  });
});

describe('a planted fault is found', () => {
  it.each(plantedFaults)('$name: $says', { timeout }, async (fault) => {
    expect(await findPlanted(fault, 200, hints[fault.name])).not.toBeNull();
  });
});
