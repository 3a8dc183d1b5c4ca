/** `npm run simulate`: tells many stories, or one again, or proves that planted faults are found. */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { findPlanted } from './find-planted.ts';
import { plantedFaults } from './planted/faults.ts';
import { soundSeams } from './planted/seams.ts';
import { retell } from './retell.ts';
import { runStory } from './run-story.ts';
import { shrink } from './shrink.ts';
import { tellStory } from './story/story.ts';

const help = `npm run simulate -- [options]

  --seeds <n>      how many stories to tell (100)
  --from <seed>    the first of them (1)
  --seed <seed>    tells one story, and writes all that happened to simulation-<seed>.trace
  --whole          does not make a story that fails shorter
  --mutations      plants each fault, and says which seed finds it first, of 200 or --seeds
  --planted <name> tells the stories with this fault in them`;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    whole: { type: 'boolean', default: false },
    mutations: { type: 'boolean', default: false },
    planted: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const planted = plantedFaults.find(({ name }) => name === values.planted);
const run = (story: Parameters<typeof runStory>[0], keepsTrace = false) =>
  runStory(story, { seams: planted?.seams() ?? soundSeams, keepsTrace });

const proveThatItBites = async (seeds: number): Promise<boolean> => {
  let missed = 0;
  say('| Planted fault | What it does | Found by seed | Rule |\n|---|---|---|---|');
  for (const fault of plantedFaults) {
    const found = await findPlanted(fault, seeds);
    if (!found) missed += 1;
    say(`| ${fault.name} | ${fault.says} | ${found?.seed ?? 'none'} | ${found?.violation.rule ?? ''} |`);
  }
  return missed === 0;
};

const tellOne = async (seed: number): Promise<boolean> => {
  const story = tellStory(seed);
  const ending = await run(story, true);
  const file = `simulation-${seed}.trace`;
  await writeFile(file, `${ending.trace.join('\n')}\n`);
  say(`${retell(story, ending)}\n${ending.trace.length} things happened; they are in ${file}`);
  if (ending.violations.length > 0 && !values.whole) {
    const { story: short, ending: end } = await shrink({ story, ending }, run);
    say(`\nThe same, without what does not matter:\n${retell(short, end)}`);
  }
  return ending.violations.length === 0;
};

const tellMany = async (from: number, seeds: number): Promise<boolean> => {
  const failed: number[] = [];
  const statuses = new Map<string, number>();
  let [events, crashes] = [0, 0];
  const begun = process.hrtime.bigint();
  for (let seed = from; seed < from + seeds; seed += 1) {
    const story = tellStory(seed);
    const ending = await run(story);
    for (const [status, count] of ending.statistics.orders)
      statuses.set(status, (statuses.get(status) ?? 0) + count);
    events += ending.statistics.events;
    crashes += ending.statistics.crashes;
    if (ending.violations.length === 0) continue;
    failed.push(seed);
    const failure = values.whole ? { story, ending } : await shrink({ story, ending }, run);
    say(
      `${retell(failure.story, failure.ending)}\nAgain: npm run simulate -- --seed ${seed}${planted ? ` --planted ${planted.name}` : ''}\n`,
    );
  }
  const took = Number((process.hrtime.bigint() - begun) / 1_000_000n) / 1000;
  const orders = [...statuses].map(([status, count]) => `${count} ${status}`).join(', ');
  say(`${seeds} stories in ${took.toFixed(1)} s: ${events} events, ${crashes} crashes; orders: ${orders}`);
  say(failed.length === 0 ? 'every rule holds in each' : `seeds that fail: ${failed.join(', ')}`);
  return failed.length === 0;
};

const askedWrongly = 2;
const names = plantedFaults.map(({ name }) => name).join(', ');

/** What is wrong with what was asked; null where nothing is. */
const mistake = (): string | null => {
  for (const name of ['seeds', 'from', 'seed'] as const) {
    const text = values[name];
    if (text !== undefined && !/^[1-9]\d{0,8}$/.test(text))
      return `--${name} must be a whole number above zero, such as --${name} 20.`;
  }
  if (values.planted !== undefined && !planted) return `--planted must be one of: ${names}.`;
  return null;
};

const main = (): Promise<boolean> => {
  if (values.mutations) return proveThatItBites(Number(values.seeds ?? 200));
  if (values.seed !== undefined) return tellOne(Number(values.seed));
  return tellMany(Number(values.from), Number(values.seeds ?? 100));
};

if (values.help) {
  say(`${help}\n\nFaults: ${names}`);
} else if (mistake()) {
  process.stderr.write(`${mistake()} See --help.\n`);
  process.exitCode = askedWrongly;
} else {
  process.exitCode = (await main()) ? 0 : 1;
}
