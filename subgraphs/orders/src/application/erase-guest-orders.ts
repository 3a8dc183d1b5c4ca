import { guestOf } from '../domain/guest.ts';
import type { OrderId, Transact } from './ports.ts';

/** Port: orders of guests that have been done with for so many days by the database's clock, longest first. */
export type FindLeftGuestOrders = (days: number, limit: number) => Promise<readonly OrderId[]>;

const batch = 200;

/**
 * Erases who the guest was behind orders that have been done with for so long: e-mail address, shipping address, reasons and
 * token. The order stays, and is nobody's. What an account took over is the account's, and only its token goes.
 */
export const eraseGuestOrders =
  (transact: Transact, findLeft: FindLeftGuestOrders, days: number) =>
  async (failed: (error: unknown, orderId: OrderId) => void): Promise<void> => {
    for (const id of await findLeft(days, batch)) {
      await erase(transact, days, id).catch((error: unknown) => failed(error, id));
    }
  };

const erase = (transact: Transact, days: number, id: OrderId): Promise<void> =>
  transact(async ({ guestOrders, privateRecords, deletedUsers }) => {
    if (!(await guestOrders.takeLeft(id, days))) return;
    const guest = guestOf(id);
    // What is still said of a return of theirs is not kept.
    await deletedUsers.add(guest);
    await privateRecords.eraseAllOf(guest);
  });
