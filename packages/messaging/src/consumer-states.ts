import type { EventDefinition } from '@emporium/contracts';
import { consumerName } from './consumer-name.ts';

/** How far a consumer is with what it hears, by the broker's count. */
export type ConsumerState = {
  readonly name: string;
  readonly subject: string;
  /** Messages that were not given to it yet. */
  readonly pending: number;
  /** Given to it, and neither acknowledged nor given back. */
  readonly ackPending: number;
  /** Of those, given to it more than once. */
  readonly redelivered: number;
};

export type AskConsumerState = (
  stream: string,
  durable: string,
) => Promise<Omit<ConsumerState, 'name' | 'subject'> | null>;

/** Of all events that a subgraph hears. A consumer that the broker does not have yet is left out. */
export const readConsumers = async (
  ask: AskConsumerState,
  owner: string,
  events: readonly EventDefinition[],
): Promise<readonly ConsumerState[]> => {
  const states = await Promise.all(
    events.map(async (event) => {
      const name = consumerName(owner, event);
      const state = await ask(event.owner, name);
      return state ? [{ name, subject: event.subject, ...state }] : [];
    }),
  );
  return states.flat();
};
