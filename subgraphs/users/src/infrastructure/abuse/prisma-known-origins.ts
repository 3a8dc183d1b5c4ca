import { sourceOf } from '@emporium/subgraph';
import type { KnownOrigins } from '../../application/abuse/known-origins.ts';
import type { Prisma } from '../generated/client.ts';

/** A browser that updates itself stays the same device. */
const nameOf = (device: string | null): string => (device ?? '').replaceAll(/\d[\d._]*/g, '');

/** More than anybody signs in from; so that nobody fills the table. */
const mostKept = 100;

type Row = { known: number; knows_network: boolean | null; knows_device: boolean | null };

/** Known networks and devices, in one transaction. */
export const prismaKnownOrigins = (tx: Prisma.TransactionClient): KnownOrigins => ({
  note: async (userId, { address, device }) => {
    const [network, name] = [sourceOf(address), nameOf(device)];
    // The CTE that reads does not see what the one beside it writes.
    const [row] = await tx.$queryRaw<Row[]>`
      WITH before AS (SELECT network, device FROM known_origins WHERE user_id = ${userId}),
      noted AS (
        INSERT INTO known_origins (user_id, network, device) VALUES (${userId}, ${network}, ${name})
        ON CONFLICT (user_id, network, device) DO UPDATE SET last_seen_at = now())
      SELECT count(*)::int AS known, bool_or(network = ${network}) AS knows_network,
        bool_or(device = ${name}) AS knows_device
      FROM before`;
    const known = row?.known ?? 0;
    if (known >= mostKept)
      await tx.$executeRaw`
        DELETE FROM known_origins WHERE user_id = ${userId} AND (network, device) NOT IN (
          SELECT network, device FROM known_origins WHERE user_id = ${userId}
          ORDER BY last_seen_at DESC LIMIT ${mostKept})`;
    return {
      isFirst: known === 0,
      knowsNetwork: row?.knows_network ?? false,
      knowsDevice: row?.knows_device ?? false,
    };
  },
});
