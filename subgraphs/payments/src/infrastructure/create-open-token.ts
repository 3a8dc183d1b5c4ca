import { aboutCardToken } from '@emporium/contracts';
import { createOpen, type RecipientPrivateKey } from '@emporium/encryption';
import type { Logger } from 'pino';
import type { OrderId } from '../application/ports.ts';

/** Opens a card's token that orders sealed for us; null when that cannot be, or it was for another order. */
export type OpenToken = (sealed: string, orderId: OrderId) => Promise<string | null>;

/** Opens with any of the keys, which are read once. What does not open is logged: its order, why, and the key that it names. */
export const createOpenToken = async (
  keys: readonly RecipientPrivateKey[],
  logger: Logger,
): Promise<OpenToken> => {
  const open = await createOpen(keys);
  return async (sealed, orderId) => {
    const opened = await open(sealed, aboutCardToken(orderId));
    if (opened.ok) return opened.text;
    const { reason, kid } = opened;
    logger.error({ orderId, reason, kid }, 'a card’s token could not be opened: its payment is declined');
    return null;
  };
};
