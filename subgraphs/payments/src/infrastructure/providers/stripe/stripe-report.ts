import { asInstant, type Instant } from '@emporium/domain';
import type { Logger } from 'pino';
import type Stripe from 'stripe';
import {
  type ProviderReport,
  type ReportedMovement,
  ReportFailed,
} from '../../../application/provider-report.ts';
import type { MovementKind } from '../../../domain/reconciliation.ts';
import { openStripe, type StripeAccess } from './open-stripe.ts';
import { feeFromStripe, fromStripe } from './stripe-money.ts';

/** Stripe's most. */
const rowsPerPage = 100;

/**
 * Stripe's report: whatever moved our balance there, before fees. A page that does not come makes it UNAVAILABLE, one that cannot
 * be true INCONSISTENT. It does not say how many rows it has.
 */
export const createStripeReport = ({
  logger,
  ...access
}: StripeAccess & { readonly logger: Logger }): ProviderReport => {
  const stripe = openStripe(access);
  const readPage = async (created: Stripe.RangeQueryParam, after: string | null) => {
    try {
      return await stripe.balanceTransactions.list({
        ...{ created, limit: rowsPerPage, expand: ['data.source'] },
        ...(after !== null && { starting_after: after }),
      });
    } catch (error) {
      logger.warn({ err: error, created, after }, 'Stripe gave no report');
      throw new ReportFailed('UNAVAILABLE');
    }
  };
  return {
    provider: 'stripe',
    async *movements({ from, until }) {
      const created = { gte: secondsOf(from), lt: secondsOf(until) };
      const asked = new Set<string>();
      for (let after: string | null = null, hasMore = true; hasMore; ) {
        const page: Stripe.ApiList<Stripe.BalanceTransaction> = await readPage(created, after);
        yield { movements: page.data.flatMap(readMovement), total: null };
        hasMore = page.has_more;
        after = page.data.at(-1)?.id ?? null;
        // A report that comes back to where it was would never end.
        if (hasMore && (after === null || asked.has(after))) throw new ReportFailed('INCONSISTENT');
        if (after !== null) asked.add(after);
      }
    },
  };
};

const secondsOf = (instant: Instant): number => Math.floor(Date.parse(instant) / 1000);

/** Nothing of what moves nothing. */
const readMovement = (transaction: Stripe.BalanceTransaction): readonly ReportedMovement[] => {
  const { id, amount, fee, currency, created } = transaction;
  if (amount === 0) return [];
  const money = fromStripe({ amount: Math.abs(amount), currency });
  if (!money || !Number.isSafeInteger(fee) || !Number.isSafeInteger(created))
    throw new ReportFailed('INCONSISTENT');
  return [
    {
      ...{ id, kind: kindOf(transaction), key: keyOf(transaction), amount: money },
      ...{ fee: feeFromStripe(fee, currency), at: asInstant(new Date(created * 1000).toISOString()) },
    },
  ];
};

const refunds = ['refund', 'payment_refund'];

/** Of what we never ask for (a dispute, a fee billed apart, Stripe's own payout to a bank) the sign alone says what it does to our balance. */
const kindOf = ({ type, amount }: Stripe.BalanceTransaction): MovementKind => {
  if (amount > 0) return 'CAPTURE';
  return refunds.includes(type) ? 'REFUND' : 'PAYOUT';
};

/** Our own id of what we asked for; a charge has its intent's metadata. */
const keyOf = ({ source }: Stripe.BalanceTransaction): string => {
  if (source === null || typeof source === 'string' || !('object' in source)) return '';
  switch (source.object) {
    case 'charge':
      return source.metadata.paymentId ?? '';
    case 'refund':
      return source.metadata?.refundId ?? '';
    case 'transfer':
      return source.transfer_group ?? '';
    default:
      return '';
  }
};
