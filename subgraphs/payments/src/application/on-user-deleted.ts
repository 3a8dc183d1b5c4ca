import { userDeleted } from '@emporium/contracts';
import { ack, subscriber } from '@emporium/messaging';
import type { Ports } from './ports.ts';

/**
 * Payments, wallets and books stay: they name an id that leads to nobody now. A card's token that the provider has yet to be
 * asked with goes with the answer, as always.
 */
export const onUserDeleted = subscriber(
  userDeleted,
  async ({ deletedUsers }: Ports, { payload: { userId } }) => {
    await deletedUsers.forget(userId);
    return ack;
  },
);
