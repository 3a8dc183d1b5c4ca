import type { KeyedReads } from '@emporium/subgraph';
import type { Directory } from '../application/ports.ts';
import { sourceOf } from './abuse/hidden.ts';
import { listSecurityEvents } from './abuse/list-security-events.ts';
import { Prisma, type PrismaClient } from './generated/client.ts';
import { listSellers } from './sellers/list-sellers.ts';
import { isId, type SellerRow, toSeller, toUser, userColumns } from './user-rows.ts';

const inOrder = <Row extends { readonly id: string }>(ids: readonly string[], rows: readonly Row[]) => {
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => byId.get(id) ?? null);
};

/** Batch reads outside of transactions. */
export const prismaDirectory = (prisma: PrismaClient, keyed: KeyedReads): Directory => ({
  findUsers: async (ids) => {
    const where = { id: { in: ids.filter(isId) } };
    const rows = await prisma.user.findMany({ where, select: userColumns });
    return inOrder(ids, rows.map(toUser));
  },
  findSellers: async (ids) => {
    const rows = await keyed.rows<SellerRow>(Prisma.sql`
      SELECT id, display_name AS "displayName", status, status_reason AS "statusReason", applied_at AS "appliedAt", version
      FROM sellers WHERE id = ANY(${ids.filter(isId)}::text[])`);
    return inOrder(ids, rows.map(toSeller));
  },
  listSellers: listSellers(prisma),
  findCredentials: async (email) => {
    const row = await prisma.credential.findFirst({
      where: { user: { email } },
      select: { passwordHash: true, user: { select: userColumns } },
    });
    return row && { user: toUser(row.user), passwordHash: row.passwordHash };
  },
  listSecurityEvents: listSecurityEvents(prisma),
  knowsNetwork: async (email, address) => {
    const where = { user: { email }, network: sourceOf(address) };
    return (await prisma.knownOrigin.findFirst({ where, select: { userId: true } })) !== null;
  },
});
