import type { Seal } from '@emporium/encryption';
import type { Addresses } from '../../application/profile/profile-ports.ts';
import type { Prisma } from '../generated/client.ts';
import { isId } from '../user-rows.ts';
import { addressColumns, openAddress, sealAddress } from './address-rows.ts';

/** Users' addresses, in one transaction that holds the user. Every look-up names the owner. What they say is kept sealed. */
export const prismaAddresses = (tx: Prisma.TransactionClient, seal: Seal): Addresses => {
  const isOwn = async (userId: string, id: string): Promise<boolean> =>
    isId(id) && (await tx.address.count({ where: { id, userId } })) === 1;
  return {
    defaults: (userId) =>
      tx.address.findMany({
        where: { userId },
        select: { isDefaultShipping: true, isDefaultBilling: true },
      }),
    add: async (userId, address) => {
      const { id, isDefaultShipping, isDefaultBilling } = address;
      await tx.address.create({
        data: { id, userId, isDefaultShipping, isDefaultBilling, ...sealAddress(seal, id, address) },
      });
    },
    change: async (userId, id, to) => {
      if (!(await isOwn(userId, id))) return null;
      const data = sealAddress(seal, id, to);
      return openAddress(seal, await tx.address.update({ where: { id }, data, select: addressColumns }));
    },
    remove: async (userId, id) => {
      if (!(await isOwn(userId, id))) return null;
      return openAddress(seal, await tx.address.delete({ where: { id }, select: addressColumns }));
    },
    makeDefault: async (userId, id, uses) => {
      if (!(await isOwn(userId, id))) return null;
      const flags = (value: boolean) => ({
        ...(uses.includes('SHIPPING') && { isDefaultShipping: value }),
        ...(uses.includes('BILLING') && { isDefaultBilling: value }),
      });
      // First the former steps down: the index allows no moment with two.
      await tx.address.updateMany({ where: { userId, id: { not: id } }, data: flags(false) });
      const data = flags(true);
      return openAddress(seal, await tx.address.update({ where: { id }, data, select: addressColumns }));
    },
    removeAll: async (userId) => {
      await tx.address.deleteMany({ where: { userId } });
    },
  };
};
