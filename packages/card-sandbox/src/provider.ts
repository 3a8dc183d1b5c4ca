/** What a card provider does: moves money once per idempotency key, whatever happens to the answer. */
import { randomUUID } from 'node:crypto';
import { type Behaviour, behaviourOf } from './behaviour.ts';
import type { Answer, Capture, Challenge, Ledger, Payout, Refund, SavedMethod } from './ledger.ts';
import { Problem } from './problem.ts';
import {
  type CaptureRequest,
  fingerprintOf,
  type MethodRequest,
  type PayoutRequest,
  type RefundRequest,
} from './requests.ts';

export type ProviderOptions = {
  readonly ledger: Ledger;
  /** How many attempts per key fail with `tok_error`. */
  readonly errorsPerKey: number;
  readonly now: () => Date;
};

/** The capture, or what the card's owner must do first, and how the answer travels. */
export type CaptureAnswer = {
  readonly capture: Capture | Challenge;
  readonly answers: Behaviour['answers'];
};

/** What is kept of a card, and how the answer travels. */
export type MethodAnswer = { readonly method: SavedMethod; readonly answers: Behaviour['answers'] };

export type Provider = {
  capture(key: string, request: CaptureRequest): CaptureAnswer;
  /** The owner says on the bank's page that it is them, or that it is not: then it is declined. Once. */
  prove(challengeId: string, isOwner: boolean): void;
  refund(key: string, request: RefundRequest): Refund;
  payout(key: string, request: PayoutRequest): Payout;
  /** Keeps the token's card: the method's id is a token for any number of captures, which end as the first token's would. */
  saveMethod(key: string, request: MethodRequest): MethodAnswer;
  /** Its id pays for nothing from now on; also when it never did. */
  removeMethod(id: string): void;
};

const reused = () =>
  new Problem(409, 'IDEMPOTENCY_KEY_REUSED', 'this key came with another request: use a new key');

const unknownToken: Omit<Behaviour, 'card'> = { answers: 'AT_ONCE', declined: 'INVALID_TOKEN' };

export const createProvider = ({ ledger, errorsPerKey, now }: ProviderOptions): Provider => {
  const stamp = (key: string, path: string, request: object) => ({
    key,
    fingerprint: fingerprintOf(path, request),
    at: now().toISOString(),
  });
  /** The answer that this key got before; throws when it came with another request. */
  const earlier = <Kind extends Answer['kind']>(
    kind: Kind,
    { key, fingerprint }: ReturnType<typeof stamp>,
  ) => {
    const answer = ledger.answerTo(key);
    if (answer === undefined) return undefined;
    if (answer.kind !== kind || answer.fingerprint !== fingerprint) {
      throw reused();
    }
    return answer as Extract<Answer, { kind: Kind }>;
  };
  const keep = <Kind extends Answer>(answer: Kind): Kind => {
    ledger.add(answer);
    return answer;
  };

  const challengeOf = (
    stamped: ReturnType<typeof stamp>,
    asked: Pick<Challenge, 'amount' | 'reference'>,
  ): Challenge => {
    const known = ledger.challengeTo(stamped.key);
    if (known && known.fingerprint !== stamped.fingerprint) throw reused();
    if (known) return known;
    const challenge: Challenge = {
      ...stamped,
      ...asked,
      kind: 'CHALLENGE',
      id: `chl_${randomUUID()}`,
    };
    ledger.add(challenge);
    return challenge;
  };

  const failOnDemand = (
    { failsAtFirst }: Pick<Behaviour, 'failsAtFirst'>,
    stamped: ReturnType<typeof stamp>,
  ) => {
    if (!failsAtFirst || ledger.failuresOf(stamped.key) >= errorsPerKey) return;
    ledger.add({ ...stamped, kind: 'FAILURE' });
    throw new Problem(500, 'INTERNAL', 'the sandbox fails on demand: try again with the same key');
  };

  return {
    capture: (key, request) => {
      const token = ledger.methodOf(request.token)?.behavesAs ?? request.token;
      const behaviour = behaviourOf(token) ?? unknownToken;
      const { answers, declined } = behaviour;
      const stamped = stamp(key, 'captures', request);
      const known = earlier('CAPTURE', stamped);
      if (known) return { capture: known, answers };
      failOnDemand(behaviour, stamped);
      const { amount, reference } = request;
      if (behaviour.asksOwner) {
        const challenge = challengeOf(stamped, { amount, reference });
        if (!ledger.isProven(challenge.id)) return { capture: challenge, answers };
      }
      const capture = keep<Capture>({
        ...stamped,
        kind: 'CAPTURE',
        id: `cap_${randomUUID()}`,
        amount,
        reference,
        ...(declined ? { status: 'DECLINED', reason: declined } : { status: 'CAPTURED' }),
      });
      return { capture, answers };
    },
    prove: (challengeId, isOwner) => {
      const challenge = ledger.challengeOf(challengeId);
      if (!challenge) throw new Problem(404, 'NOT_FOUND', 'there is no such page');
      const { key, fingerprint, amount, reference, id } = challenge;
      if (ledger.answerTo(key) || ledger.isProven(id))
        throw new Problem(409, 'ALREADY_ANSWERED', 'this was answered before: go back to the shop');
      const at = now().toISOString();
      if (isOwner) ledger.add({ ...{ key, fingerprint, at, id }, kind: 'PROOF' });
      else
        ledger.add({
          ...{ key, fingerprint, at, amount, reference, id: `cap_${randomUUID()}` },
          ...{ kind: 'CAPTURE', status: 'DECLINED', reason: 'CARD_DECLINED' },
        });
    },
    refund: (key, request) => {
      const { captureId, amount } = request;
      const stamped = stamp(key, 'refunds', request);
      const known = earlier('REFUND', stamped);
      if (known) return known;
      const capture = ledger.captureOf(captureId);
      if (capture?.status !== 'CAPTURED') throw new Problem(404, 'NOT_FOUND', 'there is no such capture');
      if (capture.amount.currency !== amount.currency) {
        throw new Problem(422, 'CURRENCY_MISMATCH', `the capture was in ${capture.amount.currency}`);
      }
      const left = BigInt(capture.amount.minor) - ledger.refundedOf(captureId);
      if (BigInt(amount.minor) > left) {
        throw new Problem(422, 'EXCEEDS_CAPTURED', `at most ${left} of this capture can still be refunded`);
      }
      return keep<Refund>({
        ...stamped,
        kind: 'REFUND',
        id: `ref_${randomUUID()}`,
        captureId,
        amount,
        status: 'REFUNDED',
      });
    },
    payout: (key, request) => {
      const { amount, reference } = request;
      const stamped = stamp(key, 'payouts', request);
      const known = earlier('PAYOUT', stamped);
      if (known) return known;
      return keep<Payout>({
        ...stamped,
        kind: 'PAYOUT',
        id: `pay_${randomUUID()}`,
        amount,
        reference,
        status: 'PAID',
      });
    },
    saveMethod: (key, request) => {
      const behaviour = behaviourOf(request.token);
      const { answers } = behaviour ?? unknownToken;
      const stamped = stamp(key, 'payment-methods', request);
      const known = earlier('METHOD', stamped);
      if (known) return { method: known, answers };
      if (behaviour) failOnDemand(behaviour, stamped);
      const method = keep<SavedMethod>({
        ...{ ...stamped, kind: 'METHOD', id: `pm_sandbox_${randomUUID()}`, behavesAs: request.token },
        ...(behaviour
          ? { status: 'ACTIVE', ...behaviour.card }
          : { status: 'DECLINED', reason: 'INVALID_TOKEN' }),
      });
      return { method, answers };
    },
    removeMethod: (id) => {
      if (ledger.methodOf(id)) ledger.add({ ...stamp(id, 'removals', { id }), kind: 'REMOVAL', id });
    },
  };
};
