/** Entries of wallets, as their owners see them. */
import { asInstant } from '@emporium/domain';
import type { WalletEntryKind, WalletEntryView } from '../application/views.ts';
import type { JournalKind } from '../domain/journal.ts';
import { Prisma } from './generated/client.ts';

export type EntryRow = {
  readonly id: string;
  readonly position: bigint;
  readonly kind: JournalKind;
  readonly currency: string;
  readonly amount: bigint;
  readonly commission: bigint;
  readonly at: Date;
  readonly orderId: string | null;
};

/** Credits of an account are below zero in the books. Of a refund the commission is the seller's, whose wallet it leaves. */
export const entryColumns = Prisma.sql`journal.id, entry.position, journal.kind, entry.currency, -entry.amount AS amount,
  CASE WHEN journal.kind = 'RELEASE' OR entry.amount > 0 THEN -coalesce(fee.amount, 0) ELSE 0 END::bigint AS commission,
  journal.at, journal.order_id AS "orderId"`;

export const entrySource = Prisma.sql`FROM entries AS entry JOIN journals AS journal ON journal.id = entry.journal_id
  LEFT JOIN entries AS fee ON fee.journal_id = entry.journal_id AND fee.account_id = 'platform:fees:' || entry.currency`;

export const entryOf = ({
  id,
  position,
  kind,
  currency,
  amount,
  commission,
  at,
  orderId,
}: EntryRow): WalletEntryView => ({
  id,
  position,
  kind: kinds[kind],
  amount: { minor: amount, currency },
  commission: { minor: commission, currency },
  at: asInstant(at.toISOString()),
  orderId,
});

/** How a movement looks from the wallet. REFUND_SETTLED, PAYOUT, WRITE_OFF and RECONCILIATION never touch one. */
const kinds: Record<JournalKind, WalletEntryKind> = {
  CAPTURE: 'PAYMENT',
  REFUND: 'REFUND',
  REFUND_SETTLED: 'REFUND',
  RELEASE: 'SALE',
  TOP_UP: 'TOP_UP',
  WITHDRAWAL: 'WITHDRAWAL',
  PAYOUT: 'WITHDRAWAL',
  WRITE_OFF: 'REFUND',
  LOSS: 'REFUND',
  RECONCILIATION: 'REFUND',
};
