import type { AuditQuery, Violation } from '@emporium/audit';

type Report = {
  readonly movements: readonly {
    readonly kind: string;
    readonly status?: string;
    /** Of a capture: the order that it is for. */
    readonly reference?: string;
    readonly amount?: { readonly minor: string; readonly currency: string };
  }[];
};

/** What payments keeps of an order's money. */
type PaymentRow = { readonly order_id: string; readonly captured_minor: string; readonly currency: string };

/** What cards were charged, as their provider tells it: amounts in minor units, by order. */
const readCharges = async (providerUrl: string): Promise<ReadonlyMap<string, readonly string[]>> => {
  const response = await fetch(`${providerUrl}/v1/report`, { signal: AbortSignal.timeout(5_000) });
  const { movements } = (await response.json()) as Report;
  const charges = new Map<string, string[]>();
  for (const { kind, status, reference, amount } of movements) {
    if (kind !== 'CAPTURE' || status !== 'CAPTURED' || reference === undefined || !amount) continue;
    charges.set(reference, [...(charges.get(reference) ?? []), `${amount.minor} ${amount.currency}`]);
  }
  return charges;
};

/** What the cards' provider took, held against what payments knows of it: each order once, and as much. */
export const checkProvider = async (
  query: AuditQuery,
  providerUrl: string,
): Promise<readonly Violation[]> => {
  const charges = await readCharges(providerUrl);
  const payments = await query<PaymentRow>(
    'SELECT order_id, captured_minor::text, currency FROM payments.audit_payment',
  );
  const rows = payments.flatMap(({ order_id, captured_minor, currency }) => {
    const booked = captured_minor === '0' ? [] : [`${captured_minor} ${currency}`];
    const charged = charges.get(order_id) ?? [];
    return charged.join() === booked.join() ? [] : [{ order_id, charged, booked }];
  });
  const rule = 'a card is charged once for an order, and what payments booked';
  return rows.length === 0 ? [] : [{ rule, rows }];
};
