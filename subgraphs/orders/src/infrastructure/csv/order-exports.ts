import { asInstant } from '@emporium/domain';
import { readDatabaseTime } from '@emporium/subgraph';
import type { OrderExports, WantedExport } from '../../application/export-orders.ts';
import type { UserId } from '../../application/ports.ts';
import type { Tx } from '../database.ts';
import { sha256 } from '../fingerprint.ts';
import { Prisma } from '../generated/client.ts';

const tenMinutes = Prisma.sql`interval '10 minutes'`;

/** Permissions are kept after their time, as a record of who took what. */
export const createOrderExports = (client: Tx): OrderExports => ({
  allow: async (by, fingerprint, { kind, placed }) => {
    const [row] = await client.$queryRaw<{ at: Date }[]>`
      INSERT INTO order_exports (fingerprint, user_id, kind, placed_from, placed_until, expires_at)
      VALUES (${fingerprint}, ${by}, ${kind}, ${placed.from}::timestamptz, ${placed.until}::timestamptz, now() + ${tenMinutes})
      RETURNING expires_at AS at`;
    if (!row) throw new Error('an export that was allowed is not there');
    return asInstant(row.at.toISOString());
  },
  now: () => readDatabaseTime(client),
});

/** What a token admits to. */
export type Admission = { readonly userId: UserId } & WantedExport;

type Row = Omit<Admission, 'placed'> & { readonly from: Date | null; readonly until: Date | null };

const instantOf = (at: Date | null) => at && asInstant(at.toISOString());

/** Null when the token is not good, not any more, or its receiver's account is gone. */
export const admissionBy = async (client: Tx, token: string): Promise<Admission | null> => {
  const [found] = await client.$queryRaw<Row[]>`
    SELECT user_id AS "userId", kind, placed_from AS "from", placed_until AS "until"
    FROM order_exports AS export
    WHERE fingerprint = ${sha256(token)} AND expires_at > now()
      AND NOT EXISTS (SELECT FROM deleted_users AS gone WHERE gone.user_id = export.user_id)`;
  if (!found) return null;
  const { userId, kind, from, until } = found;
  return { userId, kind, placed: { from: instantOf(from), until: instantOf(until) } };
};
