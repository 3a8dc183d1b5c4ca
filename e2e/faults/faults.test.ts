/** A handful of faults, and what is still answered meanwhile, on one graph; `npm run faults` tries all faults. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shortRuns } from './faults/index.ts';
import { runFaults } from './run-fault.ts';
import { openStage } from './stage.ts';

/** Buyers who rest longer leave the processors to whatever starts again. */
const restMs = 2_000;

let opened: Awaited<ReturnType<typeof openStage>>;
beforeAll(async () => {
  opened = await openStage();
});
afterAll(() => opened.close());

describe('what must always hold does, after', () => {
  it.each(shortRuns.map((faults) => ({ faults, names: faults.map(({ name }) => name).join(', ') })))(
    '$names',
    async ({ faults }) => {
      expect((await runFaults(faults, opened.stage, { ...opened.cast, restMs })).violations).toEqual([]);
    },
    300_000,
  );
});
