import type { Card, OrderId, SealToken } from '../application/ports.ts';
import type { Tx } from './database.ts';
import type { Move } from './history.ts';

/** With which card payments is to be asked; of who has no account also what opens the order, which payments shows them by. */
export type SentCard = Card & { readonly guestTokenHash: string | null };

/** As it lies in a row or a message; `token`, in clear, from before tokens were sealed. */
type Kept = SentCard & { readonly token: string | null };

/** Events after which nobody asks with the card again, but in the words of the first question. */
const last: readonly string[] = ['StockReserved', 'Failed', 'Cancelled'];

/** Cards leave their rows with the question for payment, or when nobody will ask for it any more. */
export const takeCards = async (
  tx: Tx,
  moves: readonly Move[],
  sealToken: SealToken,
): Promise<ReadonlyMap<OrderId, SentCard>> => {
  const ids = moves
    .filter(({ steps }) => steps.some(({ event }) => last.includes(event.type)))
    .map(({ orderId }) => orderId);
  if (ids.length === 0) return new Map();
  const rows = await tx.$queryRaw<(Kept & { orderId: OrderId })[]>`
    DELETE FROM order_payment_tokens WHERE order_id = ANY(${ids})
    RETURNING order_id AS "orderId", token, sealed_token AS "sealedToken", payment_method_id AS "paymentMethodId",
      (SELECT token_hash FROM guest_orders AS guest WHERE guest.order_id = order_payment_tokens.order_id) AS "guestTokenHash"`;
  return new Map(
    await Promise.all(
      rows.map(async ({ orderId, ...kept }) => [orderId, await sealed(kept, orderId, sealToken)] as const),
    ),
  );
};

/** With which card it is paid left with the first question; it is taken from there. */
export const cardSent = async (
  tx: Tx,
  orderId: OrderId,
  sealToken: SealToken,
): Promise<SentCard | undefined> => {
  const [row] = await tx.$queryRaw<Kept[]>`
    SELECT outbox.envelope -> 'payload' ->> 'token' AS token,
      outbox.envelope -> 'payload' ->> 'sealedToken' AS "sealedToken",
      outbox.envelope -> 'payload' ->> 'paymentMethodId' AS "paymentMethodId",
      (SELECT token_hash FROM guest_orders AS guest WHERE guest.order_id = deadline.order_id) AS "guestTokenHash"
    FROM purchase_deadlines AS deadline JOIN outbox ON outbox.id = deadline.message_id
    WHERE deadline.order_id = ${orderId} AND deadline.step = 'PAY'`;
  return row && sealed(row, orderId, sealToken);
};

const sealed = async (
  { token, ...card }: Kept,
  orderId: OrderId,
  sealToken: SealToken,
): Promise<SentCard> => (token === null ? card : { ...card, sealedToken: await sealToken(token, orderId) });
