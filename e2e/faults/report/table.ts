import { invariants } from '@emporium/audit';
import type { Kind } from '../faults/fault.ts';
import { settledInvariants } from '../oracle/settled-invariants.ts';
import type { Outcome } from '../run-fault.ts';

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

const endsText = (ends: Outcome['ends']): string =>
  Object.entries(ends)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([status, count]) => `${count} ${status}`)
    .join(', ');

/** What a fault came to, in a few words. */
export const verdictOf = ({ skipped, violations }: Outcome): string => {
  if (skipped !== undefined) return `skipped: ${skipped}`;
  return violations.length === 0 ? 'all holds' : violations.map(({ rule }) => `BROKEN: ${rule}`).join('; ');
};

/** One line for whoever watches the run. */
export const lineOf = (outcome: Outcome): string =>
  `${outcome.fault}: ${outcome.bought} orders, ${outcome.meanwhile} of them while it was broken (${endsText(outcome.ends)}), sound ${seconds(outcome.settledAfterMs)} after healing; ${verdictOf(outcome)}`;

/** What is asked of the buyers, their cards' provider and the books, beside what SQL tells. */
const otherRules = [
  'an order that a client was told of exists, and a wish makes one order, however often it is sent',
  'what was put into a cart is there to be ordered',
  'a subscriber is told each change once, in order, as it happened; their last state is the database’s',
  'an order whose card is declined fails',
  'an order that was taken with a good card is confirmed, where orders are taken while it is broken',
  'buyers buy again when the shop has healed',
  'a card is charged once for an order, and what payments booked; no other order is',
  'the books are whole, from their first seal to their last: what `npm run ledger:audit` asks',
  'orders that are built again from their events are what screens read',
];

const row = (outcome: Outcome): string =>
  outcome.skipped === undefined
    ? `| ${outcome.fault} | ${outcome.bought} | ${outcome.meanwhile} | ${endsText(outcome.ends)} | ${seconds(outcome.settledAfterMs)} | ${verdictOf(outcome)} |`
    : `| ${outcome.fault} | | | | | ${verdictOf(outcome)} |`;

const tableOf = (
  { title, says, faults }: Kind,
  outcomes: ReadonlyMap<string, Outcome>,
): readonly string[] => [
  `## ${title}`,
  '',
  says,
  '',
  '| Fault | Orders | While broken | They ended | Sound after | Outcome |',
  '|---|---|---|---|---|---|',
  ...faults.map(({ name }) => {
    const outcome = outcomes.get(name);
    return outcome ? row(outcome) : `| ${name} | | | | | not tried: the run was ended before |`;
  }),
  '',
];

/** How a run went, in one sentence. */
const summaryOf = (outcomes: readonly Outcome[], faults: number): string => {
  const tried = outcomes.filter(({ skipped }) => skipped === undefined);
  const sound = tried.filter(({ violations }) => violations.length === 0);
  const slowest = tried.toSorted((a, b) => b.settledAfterMs - a.settledAfterMs).at(0);
  return `Of ${faults} faults ${tried.length} were tried, and after ${sound.length} of them everything held.${
    slowest
      ? ` The longest that it took was ${seconds(slowest.settledAfterMs)}, after "${slowest.fault}".`
      : ''
  }`;
};

/** `docs/faults.md`, of a run that has come so far. */
export const pageOf = (outcomes: readonly Outcome[], kinds: readonly Kind[]): string => {
  const byName = new Map(outcomes.map((outcome) => [outcome.fault, outcome]));
  const faults = kinds.flatMap((kind) => kind.faults);
  return [
    '# Faults',
    '',
    'What was done to the shop while buyers bought and watched, and what came of it. Written by `npm run faults`.',
    '',
    summaryOf(outcomes, faults.length),
    '',
    'Four buyers buy and watch, one order after another; every fourth card is one that is declined. The shop is broken, stays so for a while, and is healed; the buyers buy again, and stop.',
    '',
    '- **Orders**: how many were taken in all, and how many of them **while** it was **broken**. Fewer of them is what buyers notice of it; none is lost.',
    '- **Sound after**: from the healing until every purchase was settled, every watcher had seen the end of their order, and all that is [listed below](#what-was-checked) held. It must be within 30 s, 60 s where the broker lost its store.',
    '- **Outcome**: the rules that did not hold, if any.',
    '',
    ...kinds.flatMap((kind) => tableOf(kind, byName)),
    '## What was checked',
    '',
    'After each fault, from outside of the services:',
    '',
    ...[...otherRules, ...[...settledInvariants, ...invariants].map(({ rule }) => rule)].map(
      (rule) => `- ${rule}`,
    ),
    '',
  ].join('\n');
};
