/** What a provider reports against what is booked: which is which, and what would make them agree. No clock, no ids, no I/O. */
import type { Id, Money } from '@emporium/domain';
import { providerAccount, unexplainedAccount, writeOffsAccount } from './account.ts';
import type { Entry, Journal } from './journal.ts';

/** What a provider does for us; a top-up is a capture there. */
export type MovementKind = 'CAPTURE' | 'REFUND' | 'PAYOUT';

export type DifferenceKind = 'MISSING_HERE' | 'MISSING_THERE' | 'AMOUNT_DIFFERS' | 'DUPLICATE';
export type MatchOutcome = DifferenceKind | 'MATCHED' | 'IN_FLIGHT';

/** One movement as each side knows it; amounts are above zero. */
export type Pair = {
  readonly movement: MovementKind;
  readonly reported: Money | null;
  readonly booked: Money | null;
  /** The provider is still being asked, or its answer is not kept yet. */
  readonly isPending: boolean;
  /** An earlier movement of the report has the same key. */
  readonly isRepeated: boolean;
};

/** A key moves money once: whatever else comes with it is a difference, even when the first one agrees. */
export const judge = ({ reported, booked, isPending, isRepeated }: Pair): MatchOutcome => {
  if (reported && isRepeated) return 'DUPLICATE';
  if (isPending && !(reported && booked)) return 'IN_FLIGHT';
  if (!booked) return 'MISSING_HERE';
  if (!reported) return 'MISSING_THERE';
  const agree = reported.minor === booked.minor && reported.currency === booked.currency;
  return agree ? 'MATCHED' : 'AMOUNT_DIFFERS';
};

/** What the provider holds for us because of a movement: captures add to it, all else takes from it. */
export const holds = (movement: MovementKind, minor: bigint): bigint =>
  movement === 'CAPTURE' ? minor : -minor;

export type Difference = Pick<Pair, 'movement' | 'reported' | 'booked'> & { readonly kind: DifferenceKind };

/** Makes the books hold at the provider what it reports: more is owed to somebody unknown, less is lost. */
export const suggestEntries = (provider: string, difference: Difference): readonly Entry[] => {
  const { kind, movement, reported, booked } = difference;
  const gains = new Map<string, bigint>();
  const gain = ({ minor, currency }: Money, sign: bigint) =>
    gains.set(currency, (gains.get(currency) ?? 0n) + sign * holds(movement, minor));
  if (reported) gain(reported, 1n);
  // What is booked is the first movement's, not the one that came on top of it.
  if (booked && kind !== 'DUPLICATE') gain(booked, -1n);
  return [...gains].flatMap(([currency, minor]) => adjust(provider, { minor, currency }));
};

const adjust = (provider: string, { minor, currency }: Money): readonly Entry[] => {
  const asset = providerAccount(currency, provider);
  if (minor > 0n)
    return [
      { account: asset, side: 'DEBIT', amount: minor },
      { account: unexplainedAccount(currency), side: 'CREDIT', amount: minor },
    ];
  if (minor < 0n)
    return [
      { account: writeOffsAccount(currency), side: 'DEBIT', amount: -minor },
      { account: asset, side: 'CREDIT', amount: -minor },
    ];
  return [];
};

/** The suggestion, at an administrator's word. One case is posted once, whoever asks. */
export const adjustingJournal = (
  caseId: Id<'ReconciliationCase'>,
  provider: string,
  difference: Difference,
  by: Id<'User'>,
): Journal => ({
  kind: 'RECONCILIATION',
  cause: caseId,
  orderId: null,
  actor: `user:${by}`,
  idempotencyKey: `reconciliation:${caseId}`,
  entries: suggestEntries(provider, difference),
});
