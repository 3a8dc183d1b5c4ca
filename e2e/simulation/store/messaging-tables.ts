import type { OutgoingMessage } from '@emporium/messaging';
import type { Inbox, OutboxTable, Parking } from '@emporium/messaging/parts';
import { hashOf } from '../kernel/noise.ts';
import type { Process } from '../kernel/process.ts';
import type { Scheduler } from '../kernel/scheduler.ts';
import { DatabaseAway, type MemoryDatabase, type Tx } from './memory-database.ts';
import { type Table, table } from './table.ts';

export type OutboxRow = OutgoingMessage & {
  readonly position: number;
  readonly createdAt: number;
  readonly publishedAt: number | null;
  readonly sequence: number | null;
};

export type ParkedRow = Parking & { readonly resolution: 'REPLAYED' | null };

/** What every subgraph keeps of messages. */
export type MessagingTables = {
  readonly outbox: Table<OutboxRow>;
  readonly inbox: Table<{ readonly consumer: string; readonly eventId: string }>;
  readonly parked: Table<ParkedRow>;
  /** How often each consumer's handler had its effect for an event: what no table of a real database knows. */
  readonly effects: Map<string, number>;
  /** The next position in the outbox; given out at once, committed or not. */
  next: number;
  readonly named: Map<string, number>;
};

export const createMessagingTables = (): MessagingTables => ({
  outbox: table('outbox'),
  inbox: table('inbox'),
  parked: table('parked'),
  effects: new Map(),
  next: 1,
  named: new Map(),
});

/**
 * The messages under names of the world's own, for those that they come with are chance: what they are about, what they follow
 * from, and how many there were of that.
 */
export const named = (tables: MessagingTables, messages: readonly OutgoingMessage[]): OutgoingMessage[] =>
  messages.map((message) => {
    const stem = message.subject.replace('emporium.', '').replace(/\.v\d+$/, '');
    const about = `${stem}/${message.aggregateId}/${hashOf(message.envelope.causationId ?? '').toString(36)}`;
    const count = (tables.named.get(about) ?? 0) + 1;
    tables.named.set(about, count);
    const id = `${about}/${count}`;
    return { ...message, id, envelope: { ...message.envelope, id } };
  });

/** Appends what has its name already. */
export const append = async (
  tx: Tx,
  tables: MessagingTables,
  scheduler: Scheduler,
  messages: readonly OutgoingMessage[],
): Promise<void> => {
  for (const message of messages) {
    const position = tables.next;
    tables.next += 1;
    const row = { ...message, position, createdAt: scheduler.now(), publishedAt: null, sequence: null };
    await tx.put(tables.outbox, message.id, row);
  }
};

/** A transaction's inbox. */
export const inboxOf = (tx: Tx, tables: MessagingTables): Inbox => ({
  claim: async (consumer, eventIds) => {
    await tx.statement(`${consumer} claims`);
    const fresh = new Set<string>();
    for (const eventId of eventIds.toSorted()) {
      if (await tx.insert(tables.inbox, `${consumer} ${eventId}`, { consumer, eventId }))
        fresh.add(eventId);
    }
    return fresh;
  },
  park: async (parking) => {
    await tx.statement(`${parking.consumer} parks`);
    await tx.insert(tables.parked, `${parking.consumer} ${parking.eventId}`, {
      ...parking,
      resolution: null,
    });
  },
});

/** Counts what commits, by what the handler was given. */
export const countingEffects = (tx: Tx, { effects }: MessagingTables, inbox: Inbox): Inbox => ({
  ...inbox,
  claim: async (consumer, eventIds) => {
    const fresh = await inbox.claim(consumer, eventIds);
    tx.afterCommit(() => {
      for (const eventId of fresh) {
        const key = `${consumer} ${eventId}`;
        effects.set(key, (effects.get(key) ?? 0) + 1);
      }
    });
    return fresh;
  },
});

/** The outbox as the relay of a process asks for it, over one connection: once that `isLost` it answers nothing. */
export const relayedOutbox = (
  database: MemoryDatabase,
  tables: MessagingTables,
  process: Process,
  scheduler: Scheduler,
  isLost: () => boolean,
): OutboxTable => {
  const { outbox } = tables;
  const transact = <T>(what: string, work: (tx: Tx) => Promise<T>): Promise<T> =>
    database.transact(process, what, async (tx) => {
      if (isLost()) throw new DatabaseAway('the relay has lost its connection');
      return work(tx);
    });
  const rewrite = async (tx: Tx, id: string, change: Partial<OutboxRow>) => {
    await tx.lock(`outbox ${id}`);
    const row = tx.read(outbox, id);
    if (row) await tx.put(outbox, id, { ...row, ...change });
  };
  return {
    markAndReadUnpublished: (acknowledged, limit) =>
      transact('relay', async (tx) => {
        for (const [id, { sequence }] of acknowledged)
          await rewrite(tx, id, { publishedAt: scheduler.now(), sequence });
        return tx
          .rows(outbox)
          .filter(({ publishedAt }) => publishedAt === null)
          .toSorted((a, b) => a.position - b.position)
          .slice(0, limit)
          .map(({ id, subject, aggregateId, envelope, createdAt }) => ({
            ...{ id, subject, aggregateId, body: JSON.stringify(envelope) },
            age: (scheduler.now() - createdAt) / 1000,
          }));
      }),
    highestSequence: () =>
      transact('highest', async (tx) =>
        Math.max(0, ...tx.rows(outbox).map(({ sequence }) => sequence ?? 0)),
      ),
    unpublishAfter: (after) =>
      transact('unpublish', async (tx) => {
        for (const { id, sequence } of tx.rows(outbox))
          if ((sequence ?? 0) > after) await rewrite(tx, id, { publishedAt: null, sequence: null });
      }),
    forgetOld: async () => false,
  };
};
