import { consumerName } from '@emporium/messaging/parts';
import type { Check } from './rule.ts';

export const messageChecks: readonly Check[] = [
  {
    rule: 'every event is published',
    broken: ({ all }) =>
      all.flatMap(({ messages }) =>
        [...messages.outbox.committed.values()]
          .filter(({ publishedAt }) => publishedAt === null)
          .map(({ id }) => id),
      ),
  },
  {
    rule: 'every event has exactly one effect, or one parked row, at each of its consumers',
    broken: ({ all }) => {
      const events = all.flatMap(({ messages }) => [...messages.outbox.committed.values()]);
      return all.flatMap(({ name, subscribers, messages: { effects, inbox } }) =>
        subscribers.flatMap(({ event }) => {
          const consumer = consumerName(name, event);
          return events
            .filter(({ subject }) => subject === event.subject)
            .flatMap(({ id }) => {
              const count = effects.get(`${consumer} ${id}`) ?? 0;
              const isKept = inbox.committed.has(`${consumer} ${id}`);
              return count === 1 && isKept ? [] : [`${id} has ${count} effects at ${consumer}`];
            });
        }),
      );
    },
  },
  {
    rule: 'nothing is left to a person that the shop could have done by itself',
    broken: ({ all, orders }) => [
      ...all.flatMap(({ messages }) =>
        [...messages.parked.committed.values()]
          .filter(({ resolution }) => resolution === null)
          .map(({ consumer, eventId, reason }) => `${consumer} parked ${eventId}: ${reason}`),
      ),
      ...[...orders.tables.deadlines.committed.values()].map(
        ({ orderId, step }) => `${step} of ${orderId} is left to a person`,
      ),
    ],
  },
];
