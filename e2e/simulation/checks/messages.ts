import { consumerName } from '@emporium/messaging/parts';
import type { Check } from './rule.ts';

export const messageChecks: readonly Check[] = [
  {
    rule: 'of each thing all is published in the order in which it was told',
    broken: ({ all, broker }) =>
      all.flatMap(({ name, messages }) => {
        const first = new Map<string, number>();
        for (const [index, { id }] of broker.published(name).entries())
          if (!first.has(id)) first.set(id, index);
        const last = new Map<string, number>();
        return [...messages.outbox.committed.values()]
          .toSorted((a, b) => a.position - b.position)
          .flatMap(({ id, aggregateId }) => {
            const index = first.get(id) ?? Number.POSITIVE_INFINITY;
            const isLate = index > (last.get(aggregateId) ?? -1);
            last.set(aggregateId, index);
            return isLate ? [] : [`${id} was out before what ${name} had told of ${aggregateId} before it`];
          });
      }),
  },
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
