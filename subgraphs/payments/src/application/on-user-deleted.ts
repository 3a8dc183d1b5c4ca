import { userDeleted } from '@emporium/contracts';
import { ack, subscriber } from '@emporium/messaging';
import { forgetCard } from './methods/forget-card.ts';
import type { Ports } from './ports.ts';

/**
 * Payments, wallets and books stay: they name an id that leads to nobody now. Cards go, and the provider is told to keep them no
 * longer. A card's token that the provider has yet to be
 * asked with goes with the answer, as always.
 */
export const onUserDeleted = subscriber(userDeleted, async (ports: Ports, { payload: { userId } }) => {
  await ports.deletedUsers.forget(userId);
  for (const token of await ports.paymentMethods.eraseAllOf(userId)) await forgetCard(ports, userId, token);
  return ack;
});
