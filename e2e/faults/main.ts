/** `npm run faults`: every fault, one after another, on one graph of real processes; writes `docs/faults.md`. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { allFaults } from './faults/index.ts';
import { lineOf, pageOf } from './report/table.ts';
import { type Outcome, runFault } from './run-fault.ts';
import { openStage } from './stage.ts';

const usage = `npm run faults -- [options]
  --only <text>   only faults whose name holds this; then nothing is written
  --list          names them all`;

const page = path.resolve(import.meta.dirname, '../../docs/faults.md');

const { values } = parseArgs({
  options: { only: { type: 'string' }, list: { type: 'boolean' }, help: { type: 'boolean' } },
});
const chosen = allFaults.filter(({ name }) => name.includes(values.only ?? ''));
const say = (text: string) => process.stdout.write(`${text}\n`);

const runAll = async (): Promise<readonly Outcome[]> => {
  say(`starting the whole graph for ${chosen.length} faults …`);
  const { stage, cast, close } = await openStage();
  const outcomes: Outcome[] = [];
  try {
    for (const [index, fault] of chosen.entries()) {
      const outcome = await runFault(fault, stage, cast);
      outcomes.push(outcome);
      say(`[${index + 1}/${chosen.length}] ${lineOf(outcome)}`);
      for (const { rule, rows } of outcome.violations)
        say(`    ${rule}: ${JSON.stringify(rows.slice(0, 3))}`);
      if (values.only === undefined)
        writeFileSync(
          page,
          pageOf(
            outcomes,
            allFaults.map(({ name }) => name),
          ),
        );
    }
  } finally {
    await close();
  }
  return outcomes;
};

if (values.help) say(usage);
else if (values.list) say(chosen.map(({ name }) => name).join('\n'));
else if (chosen.length === 0) {
  say(`No fault's name holds "${values.only}". --list names them all.`);
  process.exitCode = 2;
} else {
  const outcomes = await runAll();
  process.exit(outcomes.some(({ violations }) => violations.length > 0) ? 1 : 0);
}
