import type { Fault } from './kernel/weather.ts';
import type { Ending } from './run-story.ts';
import type { Operation, Story } from './story/story.ts';

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2).padStart(7)} s`;

const sayFault = (fault: Fault): string => {
  switch (fault.type) {
    case 'CRASH':
      return `${fault.subgraph} dies ${fault.when} its next ${fault.boundary}, for ${seconds(fault.downMs).trim()}`;
    case 'DATABASE_AWAY':
      return `${fault.subgraph} has no database for ${seconds(fault.forMs).trim()}`;
    case 'BROKER_AWAY':
      return `the broker does not answer for ${seconds(fault.forMs).trim()}`;
    case 'PROVIDER_SILENT':
      return `the card provider does not answer for ${seconds(fault.forMs).trim()}`;
  }
};

const sayOperation = ({ id, at: _, type, ...details }: Operation, outcomes: Ending['outcomes']): string =>
  `${id} ${type} ${JSON.stringify(details)}: ${outcomes.get(id) ?? 'no answer'}`;

/** A story that fails, for people: what is done, what goes wrong, and which rules are broken. */
export const retell = (
  { seed, operations, faults }: Story,
  { violations, outcomes, digest }: Ending,
): string => {
  const lines = [
    ...operations.map((operation) => ({ at: operation.at, text: sayOperation(operation, outcomes) })),
    ...faults.map((fault) => ({ at: fault.at, text: sayFault(fault) })),
  ].toSorted((a, b) => a.at - b.at);
  return [
    `seed ${seed}, digest ${digest}`,
    ...lines.map(({ at, text }) => `${seconds(at)}  ${text}`),
    ...violations.map(({ rule, what }) => `BROKEN: ${rule}: ${what}`),
  ].join('\n');
};
