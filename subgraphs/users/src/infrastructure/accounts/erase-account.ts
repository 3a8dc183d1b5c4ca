import { sellerChanged, userDeleted } from '@emporium/contracts';
import type { Id, Instant } from '@emporium/domain';
import { outgoing } from '@emporium/messaging';
import { readTransactionTime } from '@emporium/subgraph';
import { v7 as newId } from 'uuid';
import type { User } from '../../domain/user.ts';
import type { Prisma } from '../generated/client.ts';
import type { Append } from '../outbox-append.ts';
import { toUser, userColumns } from '../user-rows.ts';

const nameOfNobody = 'Deleted account';
const nameOfNoShop = 'Closed shop';
const whyClosed = 'The account was deleted.';

/** How somebody comes in and from where, beside sessions: it goes when their account becomes another's, too. */
const waysIn = [
  'credentials',
  'one_time_tokens',
  'second_factors',
  'recovery_codes',
  'known_origins',
  'linked_identities',
  'sign_in_attempts',
] as const;

/** What goes with a user, beside what the profile erases by itself. Whoever adds a table with a `user_id` adds it here. */
export const erasedTables = [...waysIn, 'sessions', 'mails'] as const;

const eraseFrom = async (
  tx: Prisma.TransactionClient,
  tables: readonly (typeof erasedTables)[number][],
  userId: Id<'User'>,
): Promise<void> => {
  for (const table of tables)
    await tx.$executeRawUnsafe(`DELETE FROM "${table}" WHERE user_id = $1`, userId);
};

/** Leaves an account without any way in. */
export const eraseWaysIn = (tx: Prisma.TransactionClient, userId: Id<'User'>): Promise<void> =>
  eraseFrom(tx, waysIn, userId);

/** Takes the person out of the account, in one transaction. Security events stay, and forget where from. */
export const eraseAccount = async (
  tx: Prisma.TransactionClient,
  append: Append,
  userId: Id<'User'>,
): Promise<User> => {
  await eraseFrom(tx, erasedTables, userId);
  await tx.$queryRaw`SELECT forget_origins(${userId})::text`;
  const occurredAt = await readTransactionTime(tx);
  await closeShop(tx, append, userId, occurredAt);
  // Not made of the id, which others know: nobody can have taken it.
  const email = `${newId()}@deleted.invalid`;
  await tx.$executeRaw`
    UPDATE users SET email = ${email}, name = ${nameOfNobody}, roles = '{}', email_verified_at = NULL,
      deactivated_at = NULL, deleted_at = now()
    WHERE id = ${userId}`;
  await append([outgoing(userDeleted, { userId }, { aggregateId: userId, occurredAt })]);
  return toUser(await tx.user.findUniqueOrThrow({ where: { id: userId }, select: userColumns }));
};

/** A shop's name may be a person's. Others were told of it if it ever sold. */
const closeShop = async (
  tx: Prisma.TransactionClient,
  append: Append,
  sellerId: Id<'User'>,
  occurredAt: Instant,
): Promise<void> => {
  const [shop] = await tx.$queryRaw<{ version: number; was_told: boolean }[]>`
    UPDATE sellers SET display_name = ${nameOfNoShop}, version = version + 1,
      status = CASE status WHEN 'PENDING' THEN 'REJECTED' ELSE status END, status_reason = ${whyClosed}
    WHERE id = ${sellerId} RETURNING version, version > 1 AS was_told`;
  if (!shop?.was_told) return;
  const payload = { sellerId, displayName: nameOfNoShop, active: false, version: shop.version };
  await append([outgoing(sellerChanged, payload, { aggregateId: sellerId, occurredAt })]);
};
