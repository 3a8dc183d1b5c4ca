/** A handful of faults, and what is still answered meanwhile, on one graph; `npm run faults` tries all faults. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allFaults } from './faults/index.ts';
import { brokerDown } from './outages/broker-down.ts';
import { partialOutage } from './outages/partial-outage.ts';
import { runFault } from './run-fault.ts';
import { openStage } from './stage.ts';

let opened: Awaited<ReturnType<typeof openStage>>;
beforeAll(async () => {
  opened = await openStage();
});
afterAll(() => opened.close());

brokerDown(() => opened.stage.graph);
partialOutage(() => opened.stage.graph);

describe('what must always hold does, after', () => {
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
