import type { Addresses } from '../../application/profile/profile-ports.ts';
import type { Prisma } from '../generated/client.ts';
import { isId } from '../user-rows.ts';
import { addressColumns } from './address-rows.ts';

/** Users' addresses, in one transaction that holds the user. Every look-up names the owner. */
export const prismaAddresses = (tx: Prisma.TransactionClient): Addresses => {
  const find = (userId: string, id: string) =>
    isId(id) ? tx.address.findFirst({ where: { id, userId }, select: addressColumns }) : null;
  return {
    defaults: (userId) =>
      tx.address.findMany({
        where: { userId },
        select: { isDefaultShipping: true, isDefaultBilling: true },
      }),
    add: async (userId, address) => {
      await tx.address.create({ data: { ...address, userId } });
    },
    change: async (userId, id, to) =>
      (await find(userId, id)) && tx.address.update({ where: { id }, data: to, select: addressColumns }),
    remove: async (userId, id) =>
      (await find(userId, id)) && tx.address.delete({ where: { id }, select: addressColumns }),
    makeDefault: async (userId, id, uses) => {
      if (!(await find(userId, id))) return null;
      const flags = (value: boolean) => ({
        ...(uses.includes('SHIPPING') && { isDefaultShipping: value }),
        ...(uses.includes('BILLING') && { isDefaultBilling: value }),
      });
      // First the former steps down: the index allows no moment with two.
      await tx.address.updateMany({ where: { userId, id: { not: id } }, data: flags(false) });
      return tx.address.update({ where: { id }, data: flags(true), select: addressColumns });
    },
    removeAll: async (userId) => {
      await tx.address.deleteMany({ where: { userId } });
    },
  };
};
