import type {
  ListSecurityEvents,
  SecurityEventView,
} from '../../application/abuse/list-security-events.ts';
import { Prisma, type PrismaClient } from '../generated/client.ts';

type Row = Omit<SecurityEventView, 'at'> & { readonly at: Date };

/** Reads security events, outside of transactions. Each combination of conditions has an index that ends with `at, id`. */
export const listSecurityEvents =
  (prisma: PrismaClient): ListSecurityEvents =>
  async ({ userId, kind, from, to }, { limit, before }) => {
    const conditions = [
      Prisma.sql`TRUE`,
      ...(userId === null ? [] : [Prisma.sql`user_id = ${userId}`]),
      ...(kind === null ? [] : [Prisma.sql`kind = ${kind}`]),
      ...(from === null ? [] : [Prisma.sql`at >= ${from}::timestamptz`]),
      ...(to === null ? [] : [Prisma.sql`at < ${to}::timestamptz`]),
      ...(before === null ? [] : [Prisma.sql`(at, id) < (${before.at}::timestamptz, ${before.id})`]),
    ];
    const rows = await prisma.$queryRaw<Row[]>`
      SELECT id, at, kind, user_id AS "userId", address, device, detail FROM security_events
      WHERE ${Prisma.join(conditions, ' AND ')} ORDER BY at DESC, id DESC LIMIT ${limit}`;
    return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
  };
