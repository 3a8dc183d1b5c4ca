import type { Violation } from '@emporium/audit';
import type { GraphMember } from '@emporium/local-stack';
import type { Bought } from '../../e2e/faults/shoppers/shoppers.ts';
import { quantile } from '../stage/quantile.ts';
import { tableOf } from '../stage/table.ts';
import { type Asked, questions } from './answers.ts';
import type { Memory } from './memory.ts';
import type { Outage } from './outages.ts';

export type Run = {
  readonly asked: readonly Asked[];
  readonly outages: readonly Outage[];
  readonly before: Memory;
  readonly after: Memory;
  readonly bought: readonly Bought[];
  /** Codes of what was refused instead of placed. */
  readonly refused: readonly string[];
  /** Buyers who meant to order once and did twice. */
  readonly doubled: number;
  readonly violations: readonly Violation[];
};

/** Asked, or still waiting, while a part was away. */
const meets = ({ asked, answered }: Asked, { from, until }: Outage): boolean =>
  asked <= until && answered >= from;

const percent = (part: number, all: number): string =>
  all === 0 ? '–' : `${((100 * part) / all).toFixed(2)} %`;
const failed = (some: readonly Asked[]): number => some.filter(({ error }) => error !== undefined).length;
const times = (some: readonly Asked[]): string[] => {
  const took = some.map(({ asked, answered }) => answered - asked);
  return [0.5, 0.99].map((share) => quantile(took, share).toFixed(0));
};

/** How often each is there, the most frequent first. */
const counted = (names: readonly string[]): string => {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
};

const answersTable = ({ asked, outages }: Run): string => {
  const during = new Set(asked.filter((one) => outages.some((outage) => meets(one, outage))));
  const rowOf = (name: string, some: readonly Asked[]): string[] => {
    const [inside, outside] = [
      some.filter((one) => during.has(one)),
      some.filter((one) => !during.has(one)),
    ];
    return [
      name,
      outside.length.toLocaleString('en'),
      percent(failed(outside), outside.length),
      ...times(outside),
      inside.length.toLocaleString('en'),
      percent(failed(inside), inside.length),
      ...times(inside),
    ];
  };
  const errors = asked.filter((one) => !during.has(one)).flatMap(({ error }) => error ?? []);
  return [
    tableOf([
      ['', 'all parts there', 'errors', 'p50', 'p99', 'a part away', 'errors', 'p50', 'p99'],
      ...questions.map((question) =>
        rowOf(
          question,
          asked.filter((one) => one.question === question),
        ),
      ),
      rowOf('all', asked),
    ]),
    ...(errors.length === 0 ? [] : [`errors with all parts there: ${counted(errors)}`]),
  ].join('\n');
};

const outagesLine = ({ outages }: Run): string => {
  const lasted = outages.map(({ from, until }) => (until - from) / 1000);
  const parts = counted(outages.map(({ part }) => part));
  const [median, longest] = [quantile(lasted, 0.5), Math.max(0, ...lasted)];
  return `${outages.length} kills (${parts}): until all were ready again ${median.toFixed(1)} s in the median, ${longest.toFixed(1)} s at most`;
};

const lostRule = 'an order that a client was told of exists';

const ordersLines = ({ bought, refused, doubled, violations }: Run): string => {
  const lost = violations.find(({ rule }) => rule === lostRule)?.rows.length ?? 0;
  const ends = counted(bought.map(({ shown }) => shown.at(-1)?.status ?? 'never seen'));
  const rules = violations.map(({ rule, rows }) => `  ${rule}: ${JSON.stringify(rows.slice(0, 3))}`);
  return [
    `${bought.length.toLocaleString('en')} orders placed: ${lost} lost, ${doubled} doubled; as their buyers saw them last: ${ends}`,
    ...(refused.length === 0 ? [] : [`refused instead: ${counted(refused)}`]),
    rules.length === 0 ? 'everything that must hold does' : 'what does not hold:',
    ...rules,
  ].join('\n');
};

const memoryTable = ({ outages, before, after }: Run): string => {
  const killed = (member: GraphMember): number => outages.filter(({ part }) => part === member).length;
  return tableOf([
    ['MiB', 'at the start', 'at the end', 'killed'],
    ...[...before].map(([member, mebibytes]) => [
      member,
      mebibytes.toFixed(0),
      (after.get(member) ?? 0).toFixed(0),
      killed(member).toString(),
    ]),
  ]);
};

/** Times in ms. */
export const reportOf = (run: Run): string =>
  [answersTable(run), outagesLine(run), ordersLines(run), memoryTable(run)].join('\n\n');
