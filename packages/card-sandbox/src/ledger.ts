import type { Amount } from './requests.ts';

type Kept = {
  /** The idempotency key. */
  readonly key: string;
  readonly fingerprint: string;
  /** ISO 8601, UTC. */
  readonly at: string;
};

export type Capture = Kept & {
  readonly kind: 'CAPTURE';
  readonly id: string;
  readonly amount: Amount;
  readonly reference: string;
  readonly status: 'CAPTURED' | 'DECLINED';
  readonly reason?: 'CARD_DECLINED' | 'INVALID_TOKEN';
};
export type Refund = Kept & {
  readonly kind: 'REFUND';
  readonly id: string;
  readonly captureId: string;
  readonly amount: Amount;
  readonly status: 'REFUNDED';
};
export type Payout = Kept & {
  readonly kind: 'PAYOUT';
  readonly id: string;
  readonly amount: Amount;
  readonly reference: string;
  readonly status: 'PAID';
};
/** An attempt that failed without an effect. */
export type Failure = Kept & { readonly kind: 'FAILURE' };

/** What was answered to a key, for ever. */
export type Answer = Capture | Refund | Payout;
export type Entry = Answer | Failure;

/** All that the sandbox knows, by idempotency key. */
export type Ledger = {
  add(entry: Entry): void;
  answerTo(key: string): Answer | undefined;
  captureOf(id: string): Capture | undefined;
  /** Minor units of the capture that have gone back already. */
  refundedOf(captureId: string): bigint;
  failuresOf(key: string): number;
  /** Every movement of money, in the order in which they happened. */
  movements(): Answer[];
};

/** `keep` is called with each new entry before it counts. */
export const createLedger = (known: readonly Entry[], keep: (entry: Entry) => void): Ledger => {
  const answers = new Map<string, Answer>();
  const captures = new Map<string, Capture>();
  const refunded = new Map<string, bigint>();
  const failures = new Map<string, number>();

  const count = (entry: Entry) => {
    if (entry.kind === 'FAILURE') {
      failures.set(entry.key, (failures.get(entry.key) ?? 0) + 1);
      return;
    }
    answers.set(entry.key, entry);
    if (entry.kind === 'CAPTURE') captures.set(entry.id, entry);
    if (entry.kind === 'REFUND') {
      const { captureId, amount } = entry;
      refunded.set(captureId, (refunded.get(captureId) ?? 0n) + BigInt(amount.minor));
    }
  };
  for (const entry of known) count(entry);

  return {
    add: (entry) => {
      keep(entry);
      count(entry);
    },
    answerTo: (key) => answers.get(key),
    captureOf: (id) => captures.get(id),
    refundedOf: (captureId) => refunded.get(captureId) ?? 0n,
    failuresOf: (key) => failures.get(key) ?? 0,
    movements: () => [...answers.values()].filter(({ status }) => status !== 'DECLINED'),
  };
};
