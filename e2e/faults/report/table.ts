import type { Outcome } from '../run-fault.ts';

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

const endsText = (ends: Outcome['ends']): string =>
  Object.entries(ends)
    .map(([status, count]) => `${count} ${status}`)
    .join(', ');

/** What a fault came to, in a few words. */
export const verdictOf = ({ skipped, violations }: Outcome): string => {
  if (skipped !== undefined) return `skipped: ${skipped}`;
  return violations.length === 0 ? 'all holds' : violations.map(({ rule }) => `BROKEN: ${rule}`).join('; ');
};

/** One line for whoever watches the run. */
export const lineOf = (outcome: Outcome): string =>
  `${outcome.fault}: ${outcome.bought} orders (${endsText(outcome.ends)}), sound ${seconds(outcome.settledAfterMs)} after healing; ${verdictOf(outcome)}`;

/** `docs/faults.md`, of a run that has come so far; `names` are all faults. */
export const pageOf = (outcomes: readonly Outcome[], names: readonly string[]): string =>
  [
    '# Faults',
    '',
    'What was done to the shop while buyers bought and watched, and what came of it. Written by `npm run faults`.',
    '',
    'Sound: every purchase settled, every invariant held in the five schemas, and every watcher saw the end of its order. It must be within 30 s of the healing, 60 s where the broker lost its store.',
    '',
    '| Fault | Orders | They ended | Sound after | Outcome |',
    '|---|---|---|---|---|',
    ...outcomes.map(
      (outcome) =>
        `| ${outcome.fault} | ${outcome.bought} | ${endsText(outcome.ends)} | ${seconds(outcome.settledAfterMs)} | ${verdictOf(outcome)} |`,
    ),
    ...names
      .slice(outcomes.length)
      .map((name) => `| ${name} | | | | not tried: the run was ended before |`),
    '',
  ].join('\n');
