import { asInstant } from '@emporium/domain';
import type { Seal } from '@emporium/encryption';
import { doomedFiles } from '@emporium/pictures';
import type { ProfileDirectory } from '../../application/profile/profile-ports.ts';
import type { Address } from '../../domain/profile/address-book.ts';
import type { PrismaClient } from '../generated/client.ts';
import { addressColumns, openAddress } from './address-rows.ts';
import { toPreferences } from './prisma-preferences.ts';

/** A cursor comes from outside: what is no position is after everything. */
const isPosition = (text: string | undefined): text is string =>
  text !== undefined && /^[1-9]\d{0,17}$/.test(text);

/** Batch reads of profiles outside of transactions. */
export const prismaProfileDirectory = (prisma: PrismaClient, seal: Seal): ProfileDirectory => ({
  findAddresses: async (userIds) => {
    const rows = await prisma.address.findMany({
      where: { userId: { in: [...userIds] } },
      select: { ...addressColumns, userId: true },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    });
    const of = new Map<string, Address[]>(userIds.map((id) => [id, []]));
    for (const { userId, ...address } of rows) of.get(userId)?.push(openAddress(seal, address));
    return userIds.map((id) => of.get(id) ?? []);
  },
  findPreferences: async (userIds) => {
    const rows = await prisma.preferences.findMany({ where: { userId: { in: [...userIds] } } });
    const byUser = new Map(rows.map((row) => [row.userId, toPreferences(row)]));
    return userIds.map((id) => byUser.get(id) ?? null);
  },
  findAvatars: async (userIds) => {
    const rows = await prisma.avatar.findMany({ where: { userId: { in: [...userIds] } } });
    const byUser = new Map(rows.map(({ userId, fileId }) => [userId, fileId]));
    return userIds.map((id) => byUser.get(id) ?? null);
  },
  findWishes: async (userId, { limit, after }) => {
    const [position] = after ?? [];
    if (after && !isPosition(position)) return [];
    const rows = await prisma.wishlistItem.findMany({
      where: { userId, ...(isPosition(position) && { position: { lt: BigInt(position) } }) },
      orderBy: { position: 'desc' },
      take: limit + 1,
    });
    return rows.map(({ productId, addedAt, position: at }) => ({
      productId,
      addedAt: asInstant(addedAt.toISOString()),
      position: String(at),
    }));
  },
  findDueFiles: () => doomedFiles(prisma).due(),
});
