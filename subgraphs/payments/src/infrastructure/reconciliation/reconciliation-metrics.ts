import { Gauge, type Registry } from 'prom-client';
import type { PrismaClient } from '../generated/client.ts';

/** What operators see of reconciliation, as the database has it when they look: every replica says the same. */
export const measureReconciliation = (registry: Registry, prisma: PrismaClient): void => {
  const registers = [registry];
  new Gauge({
    name: 'emporium_reconciliation_open_cases',
    help: 'Differences between a provider’s report and the books that nobody has closed.',
    registers,
    async collect() {
      const [row] = await prisma.$queryRaw<{ cases: number }[]>`
        SELECT count(*)::int AS cases FROM reconciliation_cases WHERE status = 'OPEN'`;
      this.set(row?.cases ?? 0);
    },
  });
  new Gauge({
    name: 'emporium_reconciliation_last_run_timestamp_seconds',
    help: 'When a provider’s report was last compared with the books.',
    labelNames: ['provider'],
    registers,
    async collect() {
      const rows = await prisma.$queryRaw<{ provider: string; seconds: number }[]>`
        SELECT provider, extract(epoch FROM max(finished_at))::float8 AS seconds FROM reconciliation_runs
        WHERE status = 'FINISHED' GROUP BY provider`;
      for (const { provider, seconds } of rows) this.set({ provider }, seconds);
    },
  });
};
