import { Gauge, type Registry } from 'prom-client';
import type { PrismaClient } from './generated/client.ts';

/** From then on a provider has been asked every quarter of a minute: about five minutes by itself, longer where it is slow to answer. */
const manyAttempts = 20;

/** What operators see of money that waits, as the database has it when they look: every replica says the same. */
export const measureMoney = (registry: Registry, prisma: PrismaClient): void => {
  const registers = [registry];
  new Gauge({
    name: 'emporium_claims_owed_minor_units',
    help: 'What users owe the marketplace, in minor units of the currency.',
    labelNames: ['currency'],
    registers,
    async collect() {
      const rows = await prisma.$queryRaw<{ currency: string; minor: number }[]>`
        SELECT claim.currency, sum(claim.balance + coalesce(
          (SELECT sum(amount) FROM balance_additions WHERE account_id = claim.id), 0))::float8 AS minor
        FROM accounts AS claim WHERE claim.id LIKE 'claims:%' GROUP BY claim.currency`;
      for (const { currency, minor } of rows) this.set({ currency }, minor);
    },
  });
  new Gauge({
    name: 'emporium_provider_calls_unanswered',
    help: `Captures, refunds, payouts and the like that a provider was asked for ${manyAttempts} times or more, and that have neither ended nor wait for a card’s owner.`,
    labelNames: ['provider', 'kind'],
    registers,
    async collect() {
      this.reset();
      const rows = await prisma.$queryRaw<{ provider: string; kind: string; calls: number }[]>`
        SELECT call.provider, kind, count(*)::int AS calls FROM provider_calls AS call
        WHERE attempts >= ${manyAttempts}
          AND NOT EXISTS (SELECT FROM payments WHERE order_id = subject AND next_action IS NOT NULL AND NOT cancel_requested)
          AND NOT EXISTS (SELECT FROM wallet_requests WHERE id = subject AND answer_by > clock_timestamp())
        GROUP BY call.provider, kind`;
      for (const { calls, ...labels } of rows) this.set(labels, calls);
    },
  });
};
