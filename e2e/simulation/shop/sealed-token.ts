/** A card's token on its way from orders to payments: it opens of its own order alone. */

import type { SealToken } from '../../../subgraphs/orders/src/application/ports.ts';
import type { OpenToken } from '../../../subgraphs/payments/src/infrastructure/create-open-token.ts';

export const sealToken: SealToken = async (token, orderId) => JSON.stringify([orderId, token]);

export const openToken: OpenToken = async (sealed, orderId) => {
  const [of, token] = JSON.parse(sealed) as [string, string];
  return of === orderId ? token : null;
};
