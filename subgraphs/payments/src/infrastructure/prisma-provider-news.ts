import type { Known, NewsOutcome, ProviderNewsRows } from '../application/ports.ts';
import type { Prisma } from './generated/client.ts';

type Row = Omit<Known, 'amount'> & { readonly minor: bigint; readonly currency: string };

/** What providers told us, in one transaction. Rows are only added. */
export const prismaProviderNews = (tx: Prisma.TransactionClient): ProviderNewsRows => ({
  keep: async ({ amount, isCapture: _isCapture, ...news }) => {
    const data = { ...news, minor: amount?.minor ?? null, currency: amount?.currency ?? null };
    await tx.providerEvent.createMany({ data, skipDuplicates: true });
  },
  outcomeOf: async ({ id, provider }) => {
    // Who hears the same at the same moment waits here.
    await tx.$executeRaw`SELECT take_turns(ARRAY[${`news:${provider}:${id}`}])`;
    const where = { provider_eventId: { provider, eventId: id } };
    const row = await tx.providerEventOutcome.findUnique({ where });
    return row ? (row.outcome as NewsOutcome) : null;
  },
  end: async ({ id, provider }, outcome) => {
    await tx.providerEventOutcome.create({ data: { eventId: id, provider, outcome } });
  },
  find: async (subject) => {
    const [row] = await tx.$queryRaw<Row[]>`
      SELECT status, provider, amount AS minor, currency FROM payments WHERE id = ${subject} AND amount IS NOT NULL
      UNION ALL
      SELECT status, NULL, amount, currency FROM wallet_requests WHERE id = ${subject}
      UNION ALL
      SELECT CASE WHEN settled_at IS NULL THEN 'PENDING' ELSE 'DONE' END, provider, refunds.amount, refunds.currency
      FROM refunds JOIN payments USING (order_id) WHERE refunds.id = ${subject}`;
    if (!row) return null;
    const { minor, currency, ...known } = row;
    return { ...known, amount: { minor, currency } };
  },
});
