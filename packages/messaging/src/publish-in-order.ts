import type { Published } from './broker.ts';
import type { OutboxRow } from './outbox-rows.ts';

const inFlight = 64;

/** What became of a batch: what the broker acknowledged, and why it is not all. */
export type PublishedBatch = {
  readonly published: ReadonlyMap<string, Published>;
  readonly failures: readonly unknown[];
};

const byAggregate = (rows: readonly OutboxRow[]): Map<string, OutboxRow[]> => {
  const aggregates = new Map<string, OutboxRow[]>();
  for (const row of rows) {
    const aggregate = aggregates.get(row.aggregateId);
    if (aggregate) aggregate.push(row);
    else aggregates.set(row.aggregateId, [row]);
  }
  return aggregates;
};

/**
 * Publishes each aggregate's rows one after another and several aggregates at a time. An aggregate stops at its
 * first failure, so that its order is kept; the others go on.
 */
export const publishInOrder = async (
  rows: readonly OutboxRow[],
  publish: (row: OutboxRow) => Promise<Published>,
): Promise<PublishedBatch> => {
  const aggregates = byAggregate(rows).values();
  const published = new Map<string, Published>();
  const failures: unknown[] = [];
  const publishAggregates = async () => {
    for (const aggregate of aggregates) {
      try {
        for (const row of aggregate) published.set(row.id, await publish(row));
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: inFlight }, publishAggregates));
  return { published, failures };
};
