import { asInstant } from '@emporium/domain';
import type { ReconciliationReads, ReconciliationRun } from '../../application/reconciliation-reads.ts';
import type { MatchOutcome } from '../../domain/reconciliation.ts';
import type { PrismaClient } from '../generated/client.ts';
import { caseOf } from './cases.ts';

const dateOf = (day: string): Date => new Date(`${day}T00:00:00Z`);

export const reconciliationReads = (prisma: PrismaClient): ReconciliationReads => ({
  reconciliationRuns: async (day) => {
    const runs = await prisma.reconciliationRun.findMany({
      where: { day: dateOf(day) },
      include: { totals: { orderBy: [{ outcome: 'asc' }, { currency: 'asc' }] } },
      orderBy: { startedAt: 'desc' },
    });
    return runs.map(
      ({ id, provider, status, failure, startedAt, finishedAt, totals }): ReconciliationRun => ({
        id,
        provider,
        status: status as ReconciliationRun['status'],
        failure,
        startedAt: asInstant(startedAt.toISOString()),
        finishedAt: finishedAt === null ? null : asInstant(finishedAt.toISOString()),
        totals: totals.map(({ outcome, currency, movements, reported, booked, fees }) => ({
          outcome: outcome as MatchOutcome,
          movements,
          reported: { minor: reported, currency },
          booked: { minor: booked, currency },
          fees: { minor: fees, currency },
        })),
      }),
    );
  },
  reconciliationCases: async (day, statuses, { limit, after }) => {
    const rows = await prisma.reconciliationCase.findMany({
      where: {
        day: dateOf(day),
        ...(statuses === null ? {} : { status: { in: [...statuses] } }),
        ...(after === null ? {} : { id: { gt: after } }),
      },
      orderBy: { id: 'asc' },
      take: limit,
    });
    return rows.map(caseOf);
  },
  reconciliationDays: ({ limit, after }) =>
    prisma.$queryRaw`
      SELECT day::text, count(*)::int AS "openCases" FROM reconciliation_cases
      WHERE status = 'OPEN' AND day < coalesce(${after}::text::date, 'infinity')
      GROUP BY day ORDER BY day DESC LIMIT ${limit}`,
});
