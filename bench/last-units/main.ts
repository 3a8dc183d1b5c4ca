/**
 * Many buyers want the last unit, and the last fifty, at once: half by placing an order, half by a hold. As many as there
 * are must be sold, whatever runs at once, and nobody may be told of an error.
 */

import { createTestInventory } from '../../subgraphs/inventory/src/test-inventory.ts';
import { raceForLastUnits } from '../../subgraphs/inventory/src/test-last-units.ts';
import { openDatabase } from '../stage/open-database.ts';
import { createProgress } from '../stage/progress.ts';
import { machine, runBench } from '../stage/run-bench.ts';
import { tableOf } from '../stage/table.ts';

import { readOptions, usage } from './options.ts';

runBench({
  name: 'last-units',
  usage,
  measure: async (args, folder, atEnd) => {
    const { buyers, rounds } = readOptions(args);
    const progress = createProgress(2 * rounds + 1);
    progress.step('starting Postgres');
    const stockroom = await openDatabase(folder, 'inventory');
    const inventory = createTestInventory(stockroom);
    atEnd(async () => {
      await inventory.stop();
      await stockroom.stop();
    });
    const rows: string[][] = [
      ['last units', 'rounds', 'exact', 'sold', 'refused', 'busy', 'errors', 's/round'],
    ];
    const reasons = new Set<string>();
    for (const units of [1, 50]) {
      let [exact, sold, refused, busy, errors] = [0, 0, 0, 0, 0];
      const began = performance.now();
      for (let round = 1; round <= rounds; round += 1) {
        progress.step(`last ${units}: round ${round} of ${rounds}`);
        const race = await raceForLastUnits(inventory, buyers, units, `${units}-${round}`);
        sold += race.sold;
        refused += race.refused;
        busy += race.busy;
        errors += race.errors.length;
        for (const error of race.errors) reasons.add(error);
        if (race.sold === Math.min(units, buyers) && race.errors.length === 0) exact += 1;
      }
      const seconds = (performance.now() - began) / 1000 / rounds;
      rows.push([...[units, rounds, exact, sold, refused, busy, errors].map(String), seconds.toFixed(2)]);
    }
    const findings = await inventory.findings();
    progress.done();
    console.log(
      `${buyers} buyers at once, one unit each; the auditor finds ${findings.length} things wrong.`,
    );
    console.log(`${machine()}\n\n${tableOf(rows)}`);
    for (const reason of reasons) console.log(reason);
  },
});
