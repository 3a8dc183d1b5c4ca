import type { CaptureOutcome, CardProvider } from '../application/card-provider.ts';
import type { Order } from './operations.ts';

type Kept = Extract<CaptureOutcome, { type: 'CAPTURED' | 'DECLINED' }>;

/** A provider that declines what the story says, moves money once per key, and can be told to be silent. */
export const createStoryProvider = (orderOf: (reference: string) => Order | undefined) => {
  const kept = new Map<string, Kept>();
  let silence: { readonly keeps: boolean } | null = null;
  const outcomeOf = (key: string, reference: string): Kept =>
    orderOf(reference)?.declines
      ? { type: 'DECLINED', reason: 'CARD_DECLINED' }
      : { type: 'CAPTURED', captureId: `capture-${key}` };
  const provider: CardProvider = {
    capture: async ({ key, reference }) => {
      if (!silence || silence.keeps) kept.set(key, kept.get(key) ?? outcomeOf(key, reference));
      return (!silence && kept.get(key)) || { type: 'UNKNOWN' };
    },
    findCapture: async ({ key }) => (silence ? { type: 'UNKNOWN' } : (kept.get(key) ?? { type: 'NONE' })),
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
