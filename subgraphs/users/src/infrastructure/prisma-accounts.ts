import type { Accounts } from '../application/ports.ts';
import type { Prisma } from './generated/client.ts';
import { isId, toUser, userColumns } from './user-rows.ts';

/** Users and their passwords, in one transaction. */
export const prismaAccounts = (tx: Prisma.TransactionClient): Accounts => {
  const find: Accounts['find'] = async (id) => {
    if (!isId(id)) return null;
    const row = await tx.user.findUnique({ where: { id }, select: userColumns });
    return row && toUser(row);
  };
  return {
    find,
    add: async ({ id, email, name, roles, passwordHash }) => {
      // The unique index decides between two at once, and without an error that would end the transaction.
      const { count } = await tx.user.createMany({
        data: [{ id, email, name, roles: [...roles] }],
        skipDuplicates: true,
      });
      if (count === 0) return false;
      await tx.credential.create({ data: { userId: id, passwordHash } });
      return true;
    },
    lock: async (id) => {
      if (!isId(id)) return null;
      await tx.$queryRaw`SELECT 1 FROM users WHERE id = ${id} FOR UPDATE`;
      return find(id);
    },
    grant: async (id, role) => {
      await tx.$executeRaw`UPDATE users SET roles = array_append(roles, ${role}) WHERE id = ${id} AND NOT ${role} = ANY (roles)`;
    },
    revoke: async (id, role) => {
      await tx.$executeRaw`UPDATE users SET roles = array_remove(roles, ${role}) WHERE id = ${id}`;
    },
    isVerified: async (id) => {
      const row = await tx.user.findUnique({ where: { id }, select: { emailVerifiedAt: true } });
      return row !== null && row.emailVerifiedAt !== null;
    },
  };
};
