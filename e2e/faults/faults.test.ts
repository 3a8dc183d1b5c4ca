/** A handful of faults; `npm run faults` tries them all. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allFaults } from './faults/index.ts';
import { runFault } from './run-fault.ts';
import { openStage } from './stage.ts';

describe('what must always hold does, after', () => {
  let opened: Awaited<ReturnType<typeof openStage>>;
  beforeAll(async () => {
    opened = await openStage();
  });
  afterAll(() => opened.close());

  it.each(allFaults.filter(({ short }) => short))(
    '$name',
    async (fault) => {
      const { violations, bought } = await runFault(fault, opened.stage, opened.cast);
      expect(violations).toEqual([]);
      expect(bought).toBeGreaterThan(0);
    },
    120_000,
  );
});
