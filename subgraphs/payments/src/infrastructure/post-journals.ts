import { v7 as newId } from 'uuid';
import type { JournalFault } from '../domain/check-journal.ts';
import type { Rate } from '../domain/conversion.ts';
import { type Journal, signed } from '../domain/journal.ts';
import type { Prisma } from './generated/client.ts';

/** What became of a journal. */
export type Posted = 'POSTED' | 'KNOWN' | Extract<JournalFault, 'OTHER_CONTENT' | 'WRONG_CURRENCY'>;

/** A journal without a fault that can be seen alone, and the event that it follows from. */
type NewJournal = Journal & { readonly eventId: string | null };

/** Posts all, in their order, in one statement; when it throws, none is posted. */
export const postJournals = async (
  tx: Pick<Prisma.TransactionClient, '$queryRaw'>,
  journals: readonly NewJournal[],
): Promise<readonly Posted[]> => {
  const entries = journals.flatMap((journal, index) =>
    journal.entries.map((entry) => ({ number: index + 1, account: entry.account, amount: signed(entry) })),
  );
  const [row] = await tx.$queryRaw<{ posted: Posted[] }[]>`
    SELECT post_journals(
      ${journals.map(() => newId())}::text[], ${journals.map(({ kind }) => kind)}::text[],
      ${journals.map(({ cause }) => cause)}::text[], ${journals.map(({ orderId }) => orderId)}::text[],
      ${journals.map(({ idempotencyKey }) => idempotencyKey)}::text[],
      ${journals.map(({ eventId }) => eventId)}::text[], ${journals.map(({ actor }) => actor)}::text[],
      ${entries.map(({ number }) => number)}::integer[], ${entries.map(({ account }) => account.id)}::text[],
      ${entries.map(({ account }) => account.kind)}::text[], ${entries.map(({ account }) => account.currency)}::text[],
      ${entries.map(({ account }) => account.ownerId)}::text[], ${entries.map(({ account }) => account.shared)}::boolean[],
      ${entries.map(({ amount }) => amount)}::bigint[], ${journals.map(conversionOf)}::text[]
    ) AS posted`;
  if (row?.posted.length !== journals.length) {
    throw new Error('Postgres did not say what became of every journal');
  }
  return row.posted;
};

/** As a journal keeps it: rates as they are in minor units, "3/2". The books have it as JSON, every value a text or null. */
const conversionOf = ({ conversion }: Journal): string | null =>
  conversion === undefined
    ? null
    : JSON.stringify({
        from: conversion.rate.from,
        to: conversion.rate.to,
        rate: fraction(conversion.rate),
        rateDate: conversion.rate.date,
        present: conversion.present && fraction(conversion.present),
        presentDate: conversion.present?.date ?? null,
      });

const fraction = ({ numerator, denominator }: Rate): string => `${numerator}/${denominator}`;
