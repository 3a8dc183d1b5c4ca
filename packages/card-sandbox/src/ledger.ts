import type { Card, DeclineReason } from './behaviour.ts';
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
  readonly reason?: DeclineReason;
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
/** A card that is kept for more than one capture; its id is a token. */
export type SavedMethod = Kept & {
  readonly kind: 'METHOD';
  readonly id: string;
  readonly status: 'ACTIVE' | 'DECLINED';
  readonly reason?: DeclineReason;
  /** Whose behaviour it has: a name, since all tokens of the sandbox are. */
  readonly behavesAs: string;
} & Partial<Card>;
/** It is kept no longer. */
export type Removal = Kept & { readonly kind: 'REMOVAL'; readonly id: string };
/** The bank asks the card's owner before a capture: on a page, by the challenge's id. */
export type Challenge = Kept & { readonly kind: 'CHALLENGE'; readonly id: string } & Pick<
    Capture,
    'amount' | 'reference'
  >;
/** The owner has proven that it is them; nothing is taken before it is asked for again. */
export type Proof = Kept & { readonly kind: 'PROOF'; readonly id: string };
/** An attempt that failed without an effect. */
export type Failure = Kept & { readonly kind: 'FAILURE' };

/** What was answered to a key, for ever. */
export type Answer = Movement | SavedMethod;
export type Movement = Capture | Refund | Payout;
export type Entry = Answer | Removal | Challenge | Proof | Failure;

/** All that the sandbox knows, by idempotency key. */
export type Ledger = {
  add(entry: Entry): void;
  answerTo(key: string): Answer | undefined;
  captureOf(id: string): Capture | undefined;
  /** Minor units of the capture that have gone back already. */
  refundedOf(captureId: string): bigint;
  failuresOf(key: string): number;
  /** What is asked of the owner before the capture of an idempotency key. */
  challengeTo(key: string): Challenge | undefined;
  /** By its own id. */
  challengeOf(id: string): Challenge | undefined;
  isProven(challengeId: string): boolean;
  /** By its id, as long as it is kept. */
  methodOf(id: string): SavedMethod | undefined;
  /** Every movement of money, in the order in which they happened. */
  movements(): Movement[];
};

/** `keep` is called with each new entry before it counts. */
export const createLedger = (known: readonly Entry[], keep: (entry: Entry) => void): Ledger => {
  const answers = new Map<string, Answer>();
  const captures = new Map<string, Capture>();
  const refunded = new Map<string, bigint>();
  const failures = new Map<string, number>();
  const methods = new Map<string, SavedMethod>();
  const challenges = new Map<string, Challenge>();
  const challengesById = new Map<string, Challenge>();
  const proven = new Set<string>();

  const count = (entry: Entry) => {
    if (entry.kind === 'FAILURE') {
      failures.set(entry.key, (failures.get(entry.key) ?? 0) + 1);
      return;
    }
    if (entry.kind === 'REMOVAL') {
      methods.delete(entry.id);
      return;
    }
    if (entry.kind === 'CHALLENGE') {
      challenges.set(entry.key, entry);
      challengesById.set(entry.id, entry);
      return;
    }
    if (entry.kind === 'PROOF') {
      proven.add(entry.id);
      return;
    }
    countAnswer(entry);
  };
  const countAnswer = (entry: Answer) => {
    answers.set(entry.key, entry);
    if (entry.kind === 'METHOD' && entry.status === 'ACTIVE') methods.set(entry.id, entry);
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
    challengeTo: (key) => challenges.get(key),
    challengeOf: (id) => challengesById.get(id),
    isProven: (id) => proven.has(id),
    methodOf: (id) => methods.get(id),
    movements: () =>
      [...answers.values()].filter(
        (answer): answer is Movement => answer.kind !== 'METHOD' && answer.status !== 'DECLINED',
      ),
  };
};
