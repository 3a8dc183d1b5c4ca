import type { PrismaClient } from '../../generated/client.ts';

/** A product that Meilisearch has to be told of, as it was when that was noted. */
export type SearchChange = {
  readonly productId: string;
  readonly position: bigint;
  /** Not only asked for by a rebuild. */
  readonly changed: boolean;
};

const engine = 'meilisearch';

/** What Meilisearch has to be told of, and how far it is. Each is one statement, but `follow`. */
export const createSearchChanges = (prisma: PrismaClient) => ({
  /** Null where nothing is noted for it. */
  state: async (): Promise<{ readonly ready: boolean; readonly building: boolean } | null> =>
    prisma.searchIndex.findUnique({ where: { name: engine }, select: { ready: true, building: true } }),

  /** From now on every change is noted, those of transactions that run at this moment too. */
  follow: async (): Promise<void> => {
    await prisma.searchIndex.upsert({
      where: { name: engine },
      create: { name: engine, building: true },
      update: { building: true },
    });
    // Whoever began to write before waits for nobody, and is waited for; whoever begins now sees the row.
    await prisma.$transaction((tx) => tx.$executeRaw`LOCK TABLE products IN SHARE MODE`, {
      maxWait: 10_000,
      timeout: 60_000,
    });
  },

  /** Nothing is noted any more, and what was is forgotten. */
  forget: async (): Promise<void> => {
    await prisma.searchIndex.deleteMany({ where: { name: engine } });
    await prisma.searchChange.deleteMany();
  },

  built: async (): Promise<void> => {
    await prisma.searchIndex.update({ where: { name: engine }, data: { ready: true, building: false } });
  },

  /** Up to `limit` that nobody is at, for so many seconds: changes before what a rebuild asks for, oldest first. */
  claim: (limit: number, seconds: number): Promise<SearchChange[]> => prisma.$queryRaw<SearchChange[]>`
    UPDATE search_changes SET claimed_until = clock_timestamp() + make_interval(secs => ${seconds}::float8)
    WHERE product_id IN (
      SELECT product_id FROM search_changes
      WHERE claimed_until IS NULL OR claimed_until <= clock_timestamp()
      ORDER BY changed DESC, position LIMIT ${limit} FOR UPDATE SKIP LOCKED)
    RETURNING product_id AS "productId", position, changed`,

  /**
   * Meilisearch has them as they were read after `claim`. What changed since stays noted. What somebody else has settled
   * meanwhile is noted again: nobody knows which of the two Meilisearch heard last.
   */
  settle: async (told: readonly SearchChange[]): Promise<void> => {
    await prisma.$executeRaw`
      WITH told AS (
        SELECT * FROM unnest(
          ${told.map(({ productId }) => productId)}::text[], ${told.map(({ position }) => position.toString())}::bigint[])
          AS told (product_id, position)),
      settled AS (
        DELETE FROM search_changes change USING told
        WHERE (change.product_id, change.position) = (told.product_id, told.position) RETURNING change.product_id)
      INSERT INTO search_changes (product_id)
      SELECT product_id FROM told WHERE product_id NOT IN (SELECT product_id FROM settled) ORDER BY product_id
      ON CONFLICT (product_id) DO UPDATE SET claimed_until = NULL`;
  },

  /** They are due again. */
  release: async (claimed: readonly SearchChange[]): Promise<void> => {
    await prisma.$executeRaw`
      UPDATE search_changes SET claimed_until = NULL
      WHERE product_id = ANY(${claimed.map(({ productId }) => productId)}::text[])`;
  },

  /** Notes the next products in order of their ids for a rebuild; answers the last of them. */
  noteAll: async (after: string, limit: number): Promise<{ last: string | null; count: number }> => {
    const [row] = await prisma.$queryRaw<{ last: string | null; count: number }[]>`
      WITH next AS (SELECT id FROM products WHERE id > ${after} ORDER BY id LIMIT ${limit}),
      noted AS (
        INSERT INTO search_changes (product_id, changed, unbuilt) SELECT id, false, true FROM next ORDER BY id
        ON CONFLICT (product_id) DO UPDATE SET position = excluded.position, unbuilt = true)
      SELECT max(id) AS last, count(*)::int AS count FROM next`;
    return row ?? { last: null, count: 0 };
  },

  /** How many of a rebuild are left. */
  left: () => prisma.searchChange.count({ where: { unbuilt: true } }),
});

export type SearchChanges = ReturnType<typeof createSearchChanges>;
