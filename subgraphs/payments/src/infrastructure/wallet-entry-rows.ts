/** Entries of wallets, as their owners see them. */
import { asInstant, zero } from '@emporium/domain';
import type { WalletConversion, WalletEntryKind, WalletEntryView } from '../application/views.ts';
import type { JournalKind } from '../domain/journal.ts';
import { Prisma } from './generated/client.ts';

export type EntryRow = {
  readonly id: string;
  readonly position: bigint;
  readonly kind: JournalKind;
  readonly currency: string;
  readonly amount: bigint;
  /** In the sale's currency, as what the entry was converted from. */
  readonly commission: bigint;
  readonly at: Date;
  readonly orderId: string | null;
  readonly from: string | null;
  readonly source: bigint | null;
  readonly rate: string | null;
  readonly rateDate: string | null;
};

/** Credits of an account are below zero in the books. Of a refund the commission is the seller's, whose wallet it leaves. */
export const entryColumns = Prisma.sql`journal.id, entry.position, journal.kind, entry.currency, -entry.amount AS amount,
  CASE WHEN journal.kind = 'RELEASE' OR entry.amount > 0 THEN -coalesce(fee.amount, 0) ELSE 0 END::bigint AS commission,
  journal.at, journal.order_id AS "orderId", converted.currency AS from, -coalesce(taken.amount, 0)::bigint AS source,
  journal.conversion ->> 'rate' AS rate, journal.conversion ->> 'rateDate' AS "rateDate"`;

/** An entry in the currency that its journal converted to has its commission in the other, and on a position account what it was. */
export const entrySource = Prisma.sql`FROM entries AS entry JOIN journals AS journal ON journal.id = entry.journal_id
  CROSS JOIN LATERAL (
    SELECT CASE journal.conversion ->> 'to' WHEN entry.currency THEN journal.conversion ->> 'from' END AS currency
  ) AS converted
  LEFT JOIN entries AS fee ON fee.journal_id = entry.journal_id
    AND fee.account_id = 'platform:fees:' || coalesce(converted.currency, entry.currency)
  LEFT JOIN entries AS taken ON taken.journal_id = entry.journal_id AND taken.account_id =
    CASE journal.kind WHEN 'RELEASE' THEN 'fx:taken:' ELSE 'fx:given:' END || converted.currency`;

export const entryOf = (row: EntryRow): WalletEntryView => {
  const { id, position, kind, currency, amount, commission, at, orderId } = row;
  const conversion = conversionOf(row);
  return {
    id,
    position,
    kind: kinds[kind],
    amount: { minor: amount, currency },
    commission: conversion ? zero(currency) : { minor: commission, currency },
    at: asInstant(at.toISOString()),
    orderId,
    conversion,
  };
};

const conversionOf = ({
  from,
  source,
  commission,
  currency,
  rate,
  rateDate,
}: EntryRow): WalletConversion | null => {
  const [numerator, denominator] = rate?.split('/') ?? [];
  if (from === null || source === null || !numerator || !denominator || rateDate === null) return null;
  return {
    from: { minor: source, currency: from },
    commission: { minor: commission, currency: from },
    rate: {
      ...{ from, to: currency, date: rateDate },
      ...{ numerator: BigInt(numerator), denominator: BigInt(denominator) },
    },
  };
};

/** How a movement looks from the wallet. REFUND_SETTLED, PAYOUT, WRITE_OFF, ADVANCE and RECONCILIATION never touch one. */
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
  ADVANCE: 'REFUND',
  RECONCILIATION: 'REFUND',
  RECOVERY: 'RECOVERY',
};
