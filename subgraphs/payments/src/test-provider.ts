import type { CaptureOutcome, CardProvider } from './application/card-provider.ts';

/** What the provider does with one capture: what it keeps, and what it answers, perhaps later. */
export type Behaviour = {
  readonly keeps: 'CAPTURED' | 'DECLINED' | 'NOTHING';
  readonly answers?: 'UNKNOWN' | 'UNREACHED' | 'ACTION_REQUIRED';
  readonly after?: Promise<unknown>;
};

/** What it asks of buyers. */
export const theAction = { url: null, clientSecret: 'a secret' };

/** A provider in memory that moves money once per key, and tells what it was asked. */
export const createTestProvider = () => {
  const kept = new Map<string, Extract<CaptureOutcome, { type: 'CAPTURED' | 'DECLINED' }>>();
  const refunds = new Map<string, bigint>();
  const payouts = new Map<string, bigint>();
  const captureRequests: string[] = [];
  let behaviours: Behaviour[] = [];
  let silentLookUps = 0;

  const provider: CardProvider = {
    capture: async ({ key }) => {
      captureRequests.push(key);
      const { keeps, answers, after } = behaviours.shift() ?? { keeps: 'CAPTURED' };
      await after;
      const earlier = kept.get(key);
      if (earlier) return earlier;
      if (keeps === 'CAPTURED') kept.set(key, { type: 'CAPTURED', captureId: `capture-${key}` });
      if (keeps === 'DECLINED') kept.set(key, { type: 'DECLINED', reason: 'CARD_DECLINED' });
      if (answers === 'ACTION_REQUIRED') return { type: answers, action: theAction };
      return answers ? { type: answers } : (kept.get(key) ?? { type: 'UNKNOWN' });
    },
    findCapture: async ({ key }) => {
      if (silentLookUps === 0) return kept.get(key) ?? { type: 'NONE' };
      silentLookUps -= 1;
      return { type: 'UNKNOWN' };
    },
    refund: async ({ key, amount }) => {
      refunds.set(key, amount.minor);
      return 'DONE';
    },
    payout: async ({ key, amount }) => {
      payouts.set(key, amount.minor);
      return 'DONE';
    },
  };
  return {
    provider,
    captureRequests,
    refunds,
    payouts,
    captures: (): number => [...kept.values()].filter(({ type }) => type === 'CAPTURED').length,
    /** How it treats the next captures, one after another; any other succeeds. */
    behaves: (...next: Behaviour[]) => {
      behaviours = next;
    },
    /** So many look-ups from now get no answer. */
    hidesLookUps: (count: number) => {
      silentLookUps = count;
    },
  };
};
