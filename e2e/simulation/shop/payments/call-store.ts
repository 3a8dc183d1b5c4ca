import { currentCause } from '@emporium/messaging';
import type {
  NewProviderCall,
  ProviderCall,
  ProviderCalls,
} from '../../../../subgraphs/payments/src/application/ports.ts';
import { partly } from '../../store/not-simulated.ts';
import type { CallRow } from './payment-tables.ts';
import type { PaymentsWithin } from './within.ts';

/** How long a call that was taken stays taken without a sign of life. */
const leaseMs = 6000;
/** After so long, what was sent to the provider has arrived or never will. */
const quietMs = 20_000;

/** The queue of what the provider must be asked, in one transaction. */
export const createCallStore = ({ tx, tables, scheduler, ready }: PaymentsWithin): ProviderCalls => {
  const insert = async (
    call: NewProviderCall,
    attempts: number,
    isSent: boolean,
  ): Promise<ProviderCall> => {
    await tx.statement(`keeps call ${call.id}`);
    const { id, kind, subject, token, provider } = call;
    const eventId = currentCause().causationId ?? null;
    const row = { id, kind, subject, token, provider, attempts, sent: isSent, eventId };
    const dueAt = scheduler.now() + (attempts === 0 ? 0 : leaseMs);
    await tx.put(tables.calls, id, { ...row, dueAt, sentAt: isSent ? scheduler.now() : null });
    return { ...row, ready: null };
  };
  const change = async (id: string, to: Partial<CallRow>): Promise<void> => {
    await tx.lock(`provider calls ${id}`);
    const row = tx.read(tables.calls, id);
    if (row) await tx.put(tables.calls, id, { ...row, ...to });
  };
  return partly<ProviderCalls>('provider calls', {
    add: async (call) => void (await insert(call, 0, false)),
    addTaken: (call) => insert(call, 1, false),
    addReady: async (call, request) => {
      const taken = await insert(call, 1, true);
      tx.afterCommit(() => ready({ ...taken, ready: request }));
    },
    claim: async (limit) => {
      await tx.statement('claims calls');
      const due = tx
        .rows(tables.calls)
        .filter(({ id, dueAt }) => dueAt <= scheduler.now() && tx.tryLock(`provider calls ${id}`))
        .toSorted((a, b) => a.dueAt - b.dueAt)
        .slice(0, limit);
      return Promise.all(
        due.map(async (row): Promise<ProviderCall> => {
          const attempts = row.attempts + 1;
          await change(row.id, { attempts, dueAt: scheduler.now() + leaseMs });
          const { dueAt: _, sentAt: __, ...call } = row;
          return { ...call, attempts, ready: null };
        }),
      );
    },
    markSent: async (id) => {
      await tx.statement(`marks ${id} as sent`);
      await change(id, { sent: true, sentAt: scheduler.now() });
    },
    isQuiet: async (id) => {
      const sentAt = tx.read(tables.calls, id)?.sentAt ?? null;
      return sentAt === null || sentAt < scheduler.now() - quietMs;
    },
    retryIn: async (id, milliseconds) => {
      await tx.statement(`puts ${id} off`);
      await change(id, { dueAt: scheduler.now() + milliseconds });
    },
    remove: async (id) => {
      await tx.statement(`removes call ${id}`);
      await tx.remove(tables.calls, id);
    },
  });
};
