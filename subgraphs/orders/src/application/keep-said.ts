import type { OrderId, Ports } from './ports.ts';

/** Keeps what somebody said of an order, apart from its history. Once its buyer is gone nothing is kept, and what is left of them goes. */
export const keepSaid = async (
  { deletedUsers, privateRecords }: Ports,
  orderId: OrderId,
  text: string | null,
  keep: (text: string) => Promise<void>,
): Promise<void> => {
  const goneBuyer = await deletedUsers.buyerOf(orderId);
  if (goneBuyer) await privateRecords.eraseAllOf(goneBuyer);
  else if (text !== null) await keep(text);
};
