import type {
  ActionRequired,
  CancelOutcome,
  Capture,
  CaptureOutcome,
  CardProvider,
  FoundCapture,
  NotYet,
} from './card-provider.ts';
import type { CaptureRequest, ProviderCall } from './ports.ts';

/** How long a card's owner is left alone before it is looked whether they have done what they must; the provider may tell before. */
export const ownersMs = 15_000;

/**
 * Whether to go on and ask for money: LATER while that cannot be told, CANCEL when nothing is to be taken any more, OVER when
 * nothing is to be asked any more.
 */
export type Go =
  | { readonly type: 'SEND'; readonly request: CaptureRequest }
  | { readonly type: 'CANCEL'; readonly request: CaptureRequest }
  | { readonly type: 'LATER' }
  | { readonly type: 'OVER' };

/** UNKNOWN: try again later. */
export type Asked = CaptureOutcome | CancelOutcome | { readonly type: 'OVER' };

/** What is known before it is asked (again). */
export type Known = {
  /** The provider can be told to take nothing. */
  readonly mayCancel: boolean;
  /** The card has agreed already. */
  readonly isAuthorised: boolean;
};

export type Asking = {
  /** What is to be taken, from a transaction; null when nothing is, any more. */
  readonly describe: () => Promise<CaptureRequest | null>;
  /** Decides, in a transaction, whether to ask (again). */
  readonly prepare: (known: Known) => Promise<Go>;
};

/**
 * Asks the provider for money, outside of any transaction. What may have been asked before is looked up first, and what
 * has no answer now is looked up after; `prepare` decides in between. A call that is ready is beyond both: whoever made it has
 * prepared it.
 */
export const askToCapture = async (
  provider: CardProvider,
  call: ProviderCall,
  asking: Asking,
): Promise<Asked> => {
  if (call.ready) return send(provider, { key: call.id, ...call.ready });
  if (!call.sent) return go(provider, call, asking);
  const request = await asking.describe();
  if (!request) return { type: 'OVER' };
  const earlier = await provider.findCapture({ key: call.id, ...request });
  if (isEnd(earlier)) return earlier;
  const asked = await go(provider, call, asking, earlier);
  // An earlier attempt may still reach it.
  return asked.type === 'UNREACHED' ? { type: 'UNKNOWN' } : asked;
};

const isEnd = (found: FoundCapture): found is Exclude<FoundCapture, NotYet | ActionRequired> =>
  found.type === 'CAPTURED' || found.type === 'DECLINED' || found.type === 'UNKNOWN';

/** `earlier` is what the provider has just said of it. */
const go = async (
  provider: CardProvider,
  { id: key }: ProviderCall,
  { prepare }: Asking,
  earlier?: NotYet | ActionRequired,
): Promise<Asked> => {
  const next = await prepare({
    mayCancel: provider.cancel !== undefined,
    isAuthorised: earlier?.type === 'AUTHORISED',
  });
  switch (next.type) {
    case 'OVER':
      return { type: 'OVER' };
    case 'LATER':
      return { type: 'UNKNOWN' };
    case 'CANCEL':
      return (await provider.cancel?.({ key, ...next.request })) ?? { type: 'UNKNOWN' };
    case 'SEND':
      // The buyer is asked once.
      return earlier?.type === 'ACTION_REQUIRED' ? earlier : send(provider, { key, ...next.request });
  }
};

const send = async (provider: CardProvider, capture: Capture): Promise<Asked> => {
  const answer = await provider.capture(capture);
  if (answer.type !== 'UNKNOWN') return answer;
  const found = await provider.findCapture(capture);
  return found.type === 'NONE' || found.type === 'AUTHORISED' ? { type: 'UNKNOWN' } : found;
};
