import type { CaptureOutcome, CardProvider } from '../application/card-provider.ts';
import type { Order } from './operations.ts';

const ask: CaptureOutcome = {
  type: 'ACTION_REQUIRED',
  action: { url: 'https://bank.test', clientSecret: null },
};

type Kept = Extract<CaptureOutcome, { type: 'CAPTURED' | 'DECLINED' }>;

/** Whose bank asks its owner once, and then agrees. */
export const askingToken = 'tok-asks';

/** A provider that declines what the story says, moves money once per key, and can be told to be silent. */
export const createStoryProvider = (orderOf: (reference: string) => Order | undefined) => {
  const kept = new Map<string, Kept>();
  const asked = new Set<string>();
  let silence: { readonly keeps: boolean } | null = null;
  const outcomeOf = (key: string, reference: string): Kept =>
    orderOf(reference)?.declines
      ? { type: 'DECLINED', reason: 'CARD_DECLINED' }
      : { type: 'CAPTURED', captureId: `capture-${key}` };
  const provider: CardProvider = {
    capture: async ({ key, reference, token }) => {
      const isAsking = token === askingToken && !asked.has(key);
      if (!silence || silence.keeps) {
        if (isAsking) asked.add(key);
        else kept.set(key, kept.get(key) ?? outcomeOf(key, reference));
      }
      const answer = isAsking ? ask : kept.get(key);
      return silence || !answer ? { type: 'UNKNOWN' } : answer;
    },
    findCapture: async ({ key }) => {
      if (silence) return { type: 'UNKNOWN' };
      return kept.get(key) ?? { type: asked.has(key) ? 'AUTHORISED' : 'NONE' };
    },
    refund: async () => 'DONE',
    payout: async () => 'DONE',
    saveMethod: async () => ({ type: 'UNKNOWN' }),
    findMethod: async () => ({ type: 'NONE' }),
    forgetMethod: async () => 'DONE',
  };
  return {
    provider,
    /** While it is silent nobody is answered, and nothing is found. */
    silent: async (keeps: boolean, work: () => Promise<void>): Promise<void> => {
      silence = { keeps };
      try {
        await work();
      } finally {
        silence = null;
      }
    },
  };
};
