import { asInstant } from '@emporium/domain';
import type { Finished, Imports, Outcome, ReportedRow } from '../../application/imports/import-ports.ts';
import { Prisma } from '../generated/client.ts';
import { asInstantText } from '../visible.ts';

/** How many imports of a seller are kept, with what they say of each row. */
const keptImports = 10;

const day = Prisma.sql`interval '24 hours'`;
const tenMinutes = Prisma.sql`interval '10 minutes'`;
/** As long as a batch may take, and a slow sender to fill it. */
const lease = Prisma.sql`interval '60 seconds'`;

type Told = { readonly at: string };
type Claimed = {
  readonly id: string;
  readonly sellerId: string;
  readonly lastRow: number;
  readonly chain: string;
};

export const createImports = (tx: Prisma.TransactionClient): Imports => ({
  start: async (sellerId, { id, fingerprint }) => {
    await tx.$executeRaw`
      DELETE FROM product_imports WHERE id IN (
        SELECT id FROM product_imports WHERE seller_id = ${sellerId} ORDER BY id DESC OFFSET ${keptImports - 1})`;
    const rows = await tx.$queryRaw<Told[]>`
      INSERT INTO product_imports (id, seller_id, fingerprint, expires_at)
      VALUES (${id}, ${sellerId}, ${fingerprint}, now() + ${day})
      RETURNING ${asInstantText(Prisma.sql`expires_at`)} AS at`;
    return told(rows);
  },

  claim: async (fingerprint, holder, bytesTotal) => {
    const [claimed] = await tx.$queryRaw<Claimed[]>`
      UPDATE product_imports SET
        status = 'RUNNING', lease = ${holder}, lease_until = clock_timestamp() + ${lease}, bytes_total = ${bytesTotal}::bigint,
        problem_code = NULL, problem_row = NULL, problem_field = NULL, problem_message = NULL
      WHERE fingerprint = ${fingerprint} AND expires_at > now() AND status <> 'DONE'
        AND (lease IS NULL OR lease_until < clock_timestamp())
      RETURNING id, seller_id AS "sellerId", last_row AS "lastRow", chain`;
    if (claimed) {
      const { id: importId, sellerId, lastRow, chain } = claimed;
      return { importId, sellerId, lease: holder, lastRow, chain };
    }
    const [known] = await tx.$queryRaw<(Pick<Finished, 'lastRow' | 'chain'> & { isFinished: boolean })[]>`
      SELECT status = 'DONE' AS "isFinished", last_row AS "lastRow", chain FROM product_imports
      WHERE fingerprint = ${fingerprint} AND expires_at > now()`;
    if (!known) return 'NOT_INVITED';
    return known.isFinished ? { ...known, isFinished: true } : 'UNDER_WAY';
  },

  hold: async ({ importId, lease: holder }) => {
    const held = await tx.$queryRaw<unknown[]>`
      SELECT FROM product_imports WHERE id = ${importId} AND lease = ${holder} FOR UPDATE`;
    return held.length > 0;
  },

  seen: async (importId, skus, keys) => {
    // Each part by its own index; only what was offered has a key, be it an empty one.
    const rows = await tx.$queryRaw<{ sku: string | null; key: string | null; row: number }[]>`
      SELECT sku, NULL AS key, row FROM product_import_rows
      WHERE import_id = ${importId} AND sku = ANY(${[...skus]}::text[]) AND product_key IS NOT NULL
      UNION ALL
      SELECT NULL, product_key, min(row) FROM product_import_rows
      WHERE import_id = ${importId} AND product_key = ANY(${[...keys]}::text[]) GROUP BY product_key`;
    return {
      skus: new Map(rows.flatMap(({ sku, row }) => (sku === null ? [] : [[sku, row]]))),
      keys: new Map(rows.flatMap(({ key, row }) => (key === null ? [] : [[key, row]]))),
    };
  },

  note: async ({ importId }, rows, { lastRow, chain, bytes }) => {
    const column = <T>(of: (row: ReportedRow) => T): T[] => rows.map(of);
    await tx.$executeRaw`
      INSERT INTO product_import_rows (import_id, row, sku, product_key, outcome, code, field, message)
      SELECT ${importId}, reported.* FROM unnest(
        ${column(({ row }) => row)}::int[],
        ${column(({ sku }) => sku)}::text[],
        ${column(({ key }) => key)}::text[],
        ${column(({ outcome }) => outcome)}::text[],
        ${column(({ problem }) => problem?.code ?? null)}::text[],
        ${column(({ problem }) => problem?.field ?? null)}::text[],
        ${column(({ problem }) => problem?.message ?? null)}::text[]) AS reported`;
    const count = (outcome: Outcome) => rows.filter((row) => row.outcome === outcome).length;
    await tx.$executeRaw`
      UPDATE product_imports SET
        last_row = ${lastRow}, chain = ${chain}, bytes_done = ${bytes},
        lease_until = clock_timestamp() + ${lease},
        created = created + ${count('CREATED')}, updated = updated + ${count('UPDATED')},
        unchanged = unchanged + ${count('UNCHANGED')}, refused = refused + ${count('REFUSED')}
      WHERE id = ${importId}`;
  },

  end: async ({ importId }, problem) => {
    await tx.$executeRaw`
      UPDATE product_imports SET
        status = ${problem ? 'STOPPED' : 'DONE'}, lease = NULL, lease_until = NULL,
        finished_at = CASE WHEN ${problem === null} THEN clock_timestamp() END,
        problem_code = ${problem?.code ?? null}, problem_row = ${problem?.row ?? null}::int,
        problem_field = ${problem?.field ?? null}, problem_message = ${problem?.message ?? null}
      WHERE id = ${importId}`;
  },

  allowExport: async (sellerId, { id, fingerprint }) => {
    await tx.$executeRaw`DELETE FROM product_exports WHERE seller_id = ${sellerId} AND expires_at <= now()`;
    const rows = await tx.$queryRaw<Told[]>`
      INSERT INTO product_exports (id, seller_id, fingerprint, expires_at)
      VALUES (${id}, ${sellerId}, ${fingerprint}, now() + ${tenMinutes})
      RETURNING ${asInstantText(Prisma.sql`expires_at`)} AS at`;
    return told(rows);
  },
});

const told = ([row]: readonly Told[]) => {
  if (!row) throw new Error('Postgres did not tell the time');
  return asInstant(row.at);
};
