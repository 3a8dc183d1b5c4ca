import type { CaptureOutcome, CardProvider, SaveOutcome } from './application/card-provider.ts';

/** What the provider does with one capture: what it keeps, and what it answers, perhaps later. */
export type Behaviour = {
  readonly keeps: 'CAPTURED' | 'DECLINED' | 'NOTHING';
  readonly answers?: 'UNKNOWN' | 'UNREACHED' | 'ACTION_REQUIRED';
  readonly after?: Promise<unknown>;
};

/** What it asks of buyers. */
export const theAction = { url: null, clientSecret: 'a secret' };

/** What the provider does with cards that it is to keep, and whether it answers. */
export type Saving = {
  readonly declines?: true;
  readonly isSilent?: 'AT_FIRST' | 'ALSO_LATER';
  readonly after?: Promise<unknown>;
  readonly expiry?: { readonly month: number; readonly year: number } | null;
};

/** A provider in memory that moves money once per key, and tells what it was asked. */
export const createTestProvider = () => {
  const kept = new Map<string, Extract<CaptureOutcome, { type: 'CAPTURED' | 'DECLINED' }>>();
  const refunds = new Map<string, bigint>();
  const payouts = new Map<string, bigint>();
  const methods = new Map<string, SaveOutcome>();
  const forgotten: string[] = [];
  let saving: Saving = {};
  const capturedWith: string[] = [];
  const captureRequests: string[] = [];
  let behaviours: Behaviour[] = [];
  let silentLookUps = 0;

  const provider: CardProvider = {
    capture: async ({ key, token }) => {
      captureRequests.push(key);
      capturedWith.push(token);
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
    saveMethod: async ({ key }) => {
      const { declines, isSilent, after, expiry = { month: 12, year: 2099 } } = saving;
      await after;
      const details = { brand: 'visa', last4: '4242', expiry };
      const saved: SaveOutcome = declines
        ? { type: 'DECLINED' }
        : { type: 'SAVED', token: `pm-${key}`, details };
      methods.set(key, methods.get(key) ?? saved);
      return isSilent ? { type: 'UNKNOWN' } : (methods.get(key) ?? saved);
    },
    findMethod: async (key) =>
      saving.isSilent === 'ALSO_LATER' ? { type: 'UNKNOWN' } : (methods.get(key) ?? { type: 'NONE' }),
    forgetMethod: async ({ token }) => {
      forgotten.push(token);
      return 'DONE';
    },
  };
  return {
    provider,
    captureRequests,
    refunds,
    payouts,
    /** The tokens that captures came with, and those that it is to forget. */
    capturedWith,
    forgotten,
    /** How it treats the cards that it is to keep from now on. */
    saves: (next: Saving) => {
      saving = next;
    },
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
