import type { AuditQuery, Violation } from '@emporium/audit';

type Amount = { readonly minor: string; readonly currency: string };

/** What the cards' provider says that it moved. */
export type Movement = {
  readonly id: string;
  readonly kind: string;
  readonly status?: string;
  /** Of a capture: the order or the top-up that it is for. */
  readonly reference?: string;
  /** Of a refund: what it takes back. */
  readonly captureId?: string;
  readonly amount?: Amount;
};

/** What payments keeps of the money of an order that was paid for by card. */
export type PaymentRow = {
  readonly order_id: string;
  readonly captured_minor: string;
  readonly refunded_minor: string;
  readonly currency: string;
};

const textOf = ({ minor, currency }: Amount): string => `${minor} ${currency}`;
const booked = (minor: string, currency: string): readonly string[] =>
  minor === '0' ? [] : [`${minor} ${currency}`];

/** Amounts by what they are about; refunds of one order are one amount. */
const chargesOf = (movements: readonly Movement[]): ReadonlyMap<string, readonly string[]> => {
  const charges = new Map<string, string[]>();
  for (const { kind, status, reference, amount } of movements) {
    if (kind !== 'CAPTURE' || status !== 'CAPTURED' || reference === undefined || !amount) continue;
    charges.set(reference, [...(charges.get(reference) ?? []), textOf(amount)]);
  }
  return charges;
};
const refundsOf = (movements: readonly Movement[]): ReadonlyMap<string, Amount> => {
  const orders = new Map(movements.map(({ id, reference }) => [id, reference]));
  const refunds = new Map<string, Amount>();
  for (const { kind, captureId, amount } of movements) {
    const order = orders.get(captureId ?? '');
    if (kind !== 'REFUND' || order === undefined || !amount) continue;
    const before = BigInt(refunds.get(order)?.minor ?? '0');
    refunds.set(order, { ...amount, minor: String(before + BigInt(amount.minor)) });
  }
  return refunds;
};

/** What the provider moved, held against what payments booked; `topUps` are what else a card may be charged for. */
export const findMischarged = (
  movements: readonly Movement[],
  payments: readonly PaymentRow[],
  topUps: readonly string[],
): readonly Violation[] => {
  const [charges, refunds] = [chargesOf(movements), refundsOf(movements)];
  const known = new Set([...payments.map(({ order_id }) => order_id), ...topUps]);
  const mischarged = payments.flatMap(({ order_id, captured_minor, currency }) => {
    const expected = booked(captured_minor, currency);
    const charged = charges.get(order_id) ?? [];
    return charged.join() === expected.join() ? [] : [{ order_id, charged, booked: expected }];
  });
  const misrefunded = payments.flatMap(({ order_id, refunded_minor, currency }) => {
    const [expected] = booked(refunded_minor, currency);
    const refund = refunds.get(order_id);
    const back = refund && textOf(refund);
    return back === expected ? [] : [{ order_id, back, booked: expected }];
  });
  const unknown = [...charges].filter(([reference]) => !known.has(reference));
  return [
    { rule: 'a card is charged once for an order, and what payments booked', rows: mischarged },
    { rule: 'what went back to a card is what payments booked', rows: misrefunded },
    {
      rule: 'a card is charged for nothing that payments does not know',
      rows: unknown.map(([reference, charged]) => ({ reference, charged })),
    },
  ].filter(({ rows }) => rows.length > 0);
};

const readMovements = async (providerUrl: string): Promise<readonly Movement[]> => {
  const response = await fetch(`${providerUrl}/v1/report`, { signal: AbortSignal.timeout(5_000) });
  if (!response.ok) throw new Error(`the provider answers ${response.status}`);
  return ((await response.json()) as { movements: readonly Movement[] }).movements;
};

/** Asks the cards' provider and payments, of a shop in which all pay by card. */
export const checkProvider = async (
  query: AuditQuery,
  providerUrl: string,
): Promise<readonly Violation[]> => {
  const movements = await readMovements(providerUrl);
  const payments = await query<PaymentRow>(
    'SELECT order_id, captured_minor::text, refunded_minor::text, currency FROM payments.audit_payment',
  );
  const topUps = await query<{ request_id: string }>(
    `SELECT split_part(idempotency_key, ':', 2) AS request_id FROM payments.audit_journal_head WHERE kind = 'TOP_UP'`,
  );
  return findMischarged(
    movements,
    payments,
    topUps.map(({ request_id }) => request_id),
  );
};
