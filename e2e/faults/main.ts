/** `npm run faults`: every fault, one after another, on one graph of real processes; writes `docs/faults.md`. */
import { writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { allFaults, kinds } from './faults/index.ts';
import { lineOf, pageOf } from './report/table.ts';
import { type Outcome, runFaults } from './run-fault.ts';
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

/** Closes the stage once, whoever asks for it, and as soon as it is open. */
const openOnce = () => {
  const opening = openStage();
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= opening.then((opened) => opened.close());
    return closing;
  };
  return { opening, close, isClosing: () => closing !== undefined };
};

/** Whoever ends the run by a signal leaves nothing running and nothing mounted; a second signal ends it at once. */
const closeOnSignal = (close: () => Promise<void>): void => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      say(`${signal}: stopping the graph …`);
      const end = () => process.exit(128 + constants.signals[signal]);
      close().then(end, end);
    });
};

const runAll = async (): Promise<readonly Outcome[]> => {
  say(`starting the whole graph for ${chosen.length} faults …`);
  const { opening, close, isClosing } = openOnce();
  closeOnSignal(close);
  const { stage, cast } = await opening;
  const outcomes: Outcome[] = [];
  try {
    for (const [index, fault] of chosen.entries()) {
      const outcome = await runFaults([fault], stage, cast);
      // What is seen while the graph is being stopped is nobody's fault.
      if (isClosing()) break;
      outcomes.push(outcome);
      say(`[${index + 1}/${chosen.length}] ${lineOf(outcome)}`);
      for (const { rule, rows } of outcome.violations)
        say(`    ${rule}: ${JSON.stringify(rows.slice(0, 3))}`);
      if (values.only === undefined) writeFileSync(page, pageOf(outcomes, kinds));
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
