/** The report of what was moved between two moments, in pages, and how it can be wrong on demand. */
import { z } from 'zod';
import type { Ledger, Movement } from './ledger.ts';
import { Problem } from './problem.ts';

export type Reported = {
  readonly id: string;
  readonly kind: Movement['kind'];
  readonly idempotencyKey: string | null;
  readonly amount: Movement['amount'];
  readonly at: string;
};

const amount = z.object({ minor: z.string(), currency: z.string() });

/** What is wrong with the report; by idempotency key. Nothing, unless it is said. */
export const reportBehaviour = z.object({
  /** Left out. */
  omit: z.array(z.string()).default([]),
  /** Told, and never happened. */
  invent: z
    .array(
      z.object({
        id: z.string(),
        kind: z.enum(['CAPTURE', 'REFUND', 'PAYOUT']),
        idempotencyKey: z.string().nullable(),
        amount,
        at: z.iso.datetime(),
      }),
    )
    .default([]),
  /** Told with another amount. */
  lie: z.record(z.string(), amount).default({}),
  /** Told twice, by the same id. */
  repeat: z.array(z.string()).default([]),
  /** Pages leave out the row between them, and the total knows better. */
  skipsBetweenPages: z.boolean().default(false),
  unavailable: z.boolean().default(false),
  /** How many rows a page has at most, whatever is asked for. */
  pageSize: z.int().positive().default(1000),
});
export type ReportBehaviour = z.output<typeof reportBehaviour>;

export type Report = {
  behave(behaviour: ReportBehaviour): void;
  page(query: URLSearchParams): { movements: readonly Reported[]; total: number; next: string | null };
};

export const createReport = (ledger: Ledger): Report => {
  let behaviour = reportBehaviour.parse({});

  const told = (from: string, until: string): Reported[] => {
    const happened = ledger
      .movements()
      .map(
        ({ id, kind, key, amount: moved, at }): Reported => ({
          id,
          kind,
          idempotencyKey: key,
          amount: behaviour.lie[key] ?? moved,
          at,
        }),
      )
      .filter(({ idempotencyKey }) => !behaviour.omit.includes(idempotencyKey ?? ''));
    return [...happened, ...behaviour.invent]
      .filter(({ at }) => Date.parse(at) >= Date.parse(from) && Date.parse(at) < Date.parse(until))
      .flatMap((row) => (behaviour.repeat.includes(row.idempotencyKey ?? '') ? [row, row] : [row]));
  };

  return {
    behave: (wanted) => {
      behaviour = wanted;
    },
    page: (query) => {
      if (behaviour.unavailable)
        throw new Problem(503, 'UNAVAILABLE', 'the report is not to be had: try again');
      const rows = told(readTime(query, 'from'), readTime(query, 'until'));
      const begin = readNumber(query, 'after', 0);
      const end = begin + Math.min(readNumber(query, 'limit', 1000), behaviour.pageSize);
      const next = behaviour.skipsBetweenPages ? end + 1 : end;
      return {
        movements: rows.slice(begin, end),
        total: new Set(rows.map(({ id }) => id)).size,
        next: next < rows.length ? String(next) : null,
      };
    },
  };
};

const readTime = (query: URLSearchParams, name: string): string => {
  const text = query.get(name) ?? '';
  if (Number.isNaN(Date.parse(text))) throw new Problem(400, 'INVALID_REQUEST', `${name}: must be a time`);
  return text;
};

const readNumber = (query: URLSearchParams, name: string, otherwise: number): number => {
  const number = Number(query.get(name) || otherwise);
  if (!Number.isInteger(number) || number < 0)
    throw new Problem(400, 'INVALID_REQUEST', `${name}: must be a whole number`);
  return number;
};
