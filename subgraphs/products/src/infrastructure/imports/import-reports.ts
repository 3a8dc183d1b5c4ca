import { asInstant } from '@emporium/domain';
import type {
  FileCode,
  ImportReports,
  ImportView,
  Outcome,
  RowCode,
} from '../../application/imports/import-ports.ts';
import { Prisma, type PrismaClient } from '../generated/client.ts';
import { asInstantText } from '../visible.ts';

type ProblemRow = {
  readonly code: string | null;
  readonly field: string | null;
  readonly message: string | null;
};
type ViewRow = Omit<ImportView, 'problem'> & ProblemRow & { readonly problemRow: number | null };

/** What is shown of imports. */
export const createImportReports = (prisma: PrismaClient): ImportReports => ({
  find: async (id) => {
    const [found] = await prisma.$queryRaw<ViewRow[]>`
      SELECT id, seller_id AS "sellerId",
             -- Whoever was at it is gone.
             CASE WHEN status = 'RUNNING' AND lease_until < now() THEN 'STOPPED' ELSE status END AS status,
             created, updated, unchanged, refused,
             CASE WHEN status = 'DONE' THEN 100
                  WHEN bytes_total > 0 THEN least(100, bytes_done * 100 / bytes_total)::int END AS percent,
             problem_code AS code, problem_row AS "problemRow", problem_field AS field, problem_message AS message,
             ${asInstantText(Prisma.sql`created_at`)} AS "startedAt",
             ${asInstantText(Prisma.sql`finished_at`)} AS "finishedAt"
      FROM product_imports WHERE id = ${id}`;
    if (!found) return null;
    const { code, problemRow: row, field, message, ...view } = found;
    return {
      ...view,
      startedAt: asInstant(view.startedAt),
      finishedAt: view.finishedAt && asInstant(view.finishedAt),
      problem: code === null ? null : { code: code as FileCode, row, field, message: message ?? '' },
    };
  },

  rows: async (importId, outcome, after, limit) => {
    const rows = await prisma.productImportRow.findMany({
      where: { importId, row: { gt: after }, ...(outcome ? { outcome } : {}) },
      orderBy: { row: 'asc' },
      take: limit,
    });
    return rows.map(({ row, sku, productKey, outcome: became, code, field, message }) => ({
      row,
      sku,
      key: productKey,
      outcome: became as Outcome,
      problem: code === null ? null : { code: code as RowCode, field, message: message ?? '' },
    }));
  },
});
