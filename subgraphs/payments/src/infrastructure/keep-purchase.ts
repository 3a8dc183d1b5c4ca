/** Writes what happens to payments until their money is held, or is not: those of many orders at once. */
import type { PaymentEvent, Terms } from '../domain/payment.ts';
import type { Prisma } from './generated/client.ts';

/** Something that happened to the payment of an order. */
export type Happened<Event extends PaymentEvent = PaymentEvent> = {
  readonly orderId: string;
  readonly event: Event;
};

type Tx = Prisma.TransactionClient;
type Of<Type extends PaymentEvent['type']> = readonly Happened<Extract<PaymentEvent, { type: Type }>>[];

/** An order's buyer is whoever claimed it, when that was heard first; then no guest's token opens its payment. */
export const keepRequests = async (tx: Tx, requests: Of<'Requested'>): Promise<void> => {
  const terms = requests.map(({ event }) => event.terms);
  const shipments = terms.flatMap(({ orderId, shipments: all }) =>
    all.map((shipment) => ({ ...shipment, orderId })),
  );
  await tx.$executeRaw`
    WITH asked AS (
      INSERT INTO payments (order_id, id, buyer_id, guest_token_hash, method, provider, currency, amount, status)
      SELECT order_id, id, coalesce(claimed.buyer_id, asked.buyer_id), CASE WHEN claimed.buyer_id IS NULL THEN token_hash END,
        method, provider, currency, amount, 'PENDING'
      FROM unnest(
        ${terms.map(({ orderId }) => orderId)}::text[], ${terms.map(({ paymentId }) => paymentId)}::text[],
        ${terms.map(({ buyerId }) => buyerId)}::text[],
        ${terms.map(({ guestTokenHash }) => guestTokenHash ?? null)}::text[], ${terms.map(({ method }) => method)}::text[],
        ${terms.map(({ provider }) => provider)}::text[],
        ${terms.map(({ total }) => total.currency)}::text[], ${terms.map(({ total }) => total.minor)}::bigint[]
      ) AS asked (order_id, id, buyer_id, token_hash, method, provider, currency, amount)
      LEFT JOIN claimed_orders AS claimed USING (order_id)
    )
    INSERT INTO escrows (shipment_id, order_id, seller_id, currency, amount, commission_rate,
      settles_in, rate_numerator, rate_denominator, rate_date, state)
    SELECT *, 'EXPECTED' FROM unnest(
      ${shipments.map(({ shipmentId }) => shipmentId)}::text[], ${shipments.map(({ orderId }) => orderId)}::text[],
      ${shipments.map(({ sellerId }) => sellerId)}::text[],
      ${shipments.map(({ amount }) => amount.currency)}::text[], ${shipments.map(({ amount }) => amount.minor)}::bigint[],
      ${shipments.map(({ commissionRate }) => commissionRate)}::integer[],
      ${shipments.map(({ settlement }) => settlement?.to ?? null)}::text[],
      ${shipments.map(({ settlement }) => settlement?.numerator ?? null)}::bigint[],
      ${shipments.map(({ settlement }) => settlement?.denominator ?? null)}::bigint[],
      ${shipments.map(({ settlement }) => settlement?.date ?? null)}::date[]
    )`;
};

/** Of what is void already; it keeps its id. */
export const keepLateRequests = async (tx: Tx, requests: Of<'RequestedTooLate'>): Promise<void> => {
  const terms: Terms[] = requests.map(({ event }) => event.terms);
  await tx.$executeRaw`
    UPDATE payments
    SET buyer_id = coalesce(claimed.buyer_id, asked.buyer_id),
      guest_token_hash = CASE WHEN claimed.buyer_id IS NULL THEN asked.token_hash END, method = asked.method, currency = asked.currency, amount = asked.amount
    FROM unnest(
      ${terms.map(({ orderId }) => orderId)}::text[], ${terms.map(({ buyerId }) => buyerId)}::text[],
      ${terms.map(({ guestTokenHash }) => guestTokenHash ?? null)}::text[], ${terms.map(({ method }) => method)}::text[],
      ${terms.map(({ total }) => total.currency)}::text[], ${terms.map(({ total }) => total.minor)}::bigint[]
    ) AS asked (order_id, buyer_id, token_hash, method, currency, amount)
    LEFT JOIN claimed_orders AS claimed USING (order_id)
    WHERE payments.order_id = asked.order_id`;
};

export const keepProviders = async (tx: Tx, changes: Of<'ProviderChanged'>): Promise<void> => {
  await tx.$executeRaw`
    UPDATE payments SET provider = changed.provider
    FROM unnest(
      ${changes.map(({ orderId }) => orderId)}::text[], ${changes.map(({ event }) => event.provider)}::text[]
    ) AS changed (order_id, provider)
    WHERE payments.order_id = changed.order_id`;
};

/** What its buyer must do; it is forgotten with the end of the capture. */
export const keepActions = async (tx: Tx, actions: Of<'ActionRequired'>): Promise<void> => {
  await tx.$executeRaw`
    UPDATE payments SET next_action = required.action
    FROM unnest(
      ${actions.map(({ orderId }) => orderId)}::text[],
      ${actions.map(({ event }) => JSON.stringify(event.action))}::jsonb[]
    ) AS required (order_id, action)
    WHERE payments.order_id = required.order_id`;
};

export const keepCaptures = async (tx: Tx, captures: Of<'Captured'>): Promise<void> => {
  const orders = captures.map(({ orderId }) => orderId);
  await tx.$executeRaw`
    WITH taken AS (
      UPDATE payments SET status = 'CAPTURED', captured = amount, provider_capture_id = capture.id, next_action = NULL
      FROM unnest(${orders}::text[], ${captures.map(({ event }) => event.captureId)}::text[]) AS capture (order_id, id)
      WHERE payments.order_id = capture.order_id
    )
    UPDATE escrows SET state = 'HELD', captured = amount WHERE order_id = ANY(${orders})`;
};

export const keepDeclines = async (tx: Tx, declines: Of<'Declined'>): Promise<void> => {
  await tx.$executeRaw`
    UPDATE payments SET status = 'DECLINED', decline_reason = declined.reason, next_action = NULL
    FROM unnest(
      ${declines.map(({ orderId }) => orderId)}::text[], ${declines.map(({ event }) => event.reason)}::text[]
    ) AS declined (order_id, reason)
    WHERE payments.order_id = declined.order_id`;
};

/** A payment that is there keeps its id. */
export const keepVoided = async (tx: Tx, voided: Of<'Voided'>): Promise<void> => {
  await tx.$executeRaw`
    INSERT INTO payments (order_id, id, status)
    SELECT *, 'VOIDED' FROM unnest(
      ${voided.map(({ orderId }) => orderId)}::text[], ${voided.map(({ event }) => event.paymentId)}::text[]
    )
    ON CONFLICT (order_id) DO UPDATE SET status = 'VOIDED', next_action = NULL`;
};
