import { emailVerified } from '@emporium/contracts';
import { asInstant, type Id } from '@emporium/domain';
import { outgoing } from '@emporium/messaging';
import type { AccountChanges } from '../../application/accounts/account-ports.ts';
import type { Prisma } from '../generated/client.ts';
import type { Append } from '../outbox-append.ts';
import { toUser, userColumns } from '../user-rows.ts';
import { eraseAccount, eraseWaysIn } from './erase-account.ts';

/** Changes of accounts, in one transaction; what concerns others leaves with it. */
export const prismaAccountChanges = (tx: Prisma.TransactionClient, append: Append): AccountChanges => {
  const tellVerified = (userId: Id<'User'>, at: Date) => {
    const verifiedAt = asInstant(at.toISOString());
    const about = { aggregateId: userId, occurredAt: verifiedAt };
    return append([outgoing(emailVerified, { userId, verifiedAt }, about)]);
  };
  const rename = async (id: Id<'User'>, name: string): Promise<void> => {
    await tx.$executeRaw`UPDATE users SET name = ${name} WHERE id = ${id}`;
  };
  return {
    findByEmail: async (email) => {
      const row = await tx.user.findUnique({ where: { email }, select: userColumns });
      return row && toUser(row);
    },
    findPasswordHash: async (userId) => {
      const row = await tx.credential.findUnique({ where: { userId }, select: { passwordHash: true } });
      return row?.passwordHash ?? null;
    },
    setPassword: async (userId, passwordHash) => {
      await tx.$executeRaw`
        INSERT INTO credentials (user_id, password_hash) VALUES (${userId}, ${passwordHash})
        ON CONFLICT (user_id) DO UPDATE SET password_hash = excluded.password_hash, changed_at = now()`;
    },
    verifyEmail: async (id) => {
      const [row] = await tx.$queryRaw<{ at: Date }[]>`
        UPDATE users SET email_verified_at = now() WHERE id = ${id} AND email_verified_at IS NULL
        RETURNING email_verified_at AS at`;
      if (row) await tellVerified(id, row.at);
    },
    takeEmail: async (id, email) => {
      const [row] = await tx.$queryRaw<{ taken: boolean; at: Date }[]>`
        SELECT take_email(${id}, ${email}) AS taken, now() AS at`;
      if (row?.taken) await tellVerified(id, row.at);
      return row?.taken ?? false;
    },
    rename,
    empty: async (id, name) => {
      await eraseWaysIn(tx, id);
      await rename(id, name);
    },
    deactivate: async (id) => {
      await tx.$executeRaw`UPDATE users SET deactivated_at = now() WHERE id = ${id}`;
    },
    reactivate: async (id) => {
      await tx.$executeRaw`UPDATE users SET deactivated_at = NULL WHERE id = ${id}`;
    },
    erase: (id) => eraseAccount(tx, append, id),
  };
};
