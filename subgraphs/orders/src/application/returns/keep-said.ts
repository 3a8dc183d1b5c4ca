import type { ReturnNoteAbout } from '../../domain/return.ts';
import type { OrderId, Ports, ReturnId } from '../ports.ts';

/** Keeps what somebody said of a return, apart from the order's history; of a buyer who is gone nothing is kept. */
export const keepSaid = async (
  { deletedUsers, privateRecords }: Ports,
  { returnId, orderId }: { readonly returnId: ReturnId; readonly orderId: OrderId },
  about: ReturnNoteAbout,
  text: string | null,
): Promise<void> => {
  if (text === null || (await deletedUsers.buyerOf(orderId))) return;
  await privateRecords.keepReturnNote(returnId, orderId, about, text);
};
