import type { CaptureOutcome, CardProvider } from './card-provider.ts';
import type { CaptureRequest, ProviderCall } from './ports.ts';

/** Whether to go on and ask for money: LATER while that cannot be told, OVER when nothing is to be asked any more. */
export type Go =
  | { readonly type: 'SEND'; readonly request: CaptureRequest }
  | { readonly type: 'LATER' | 'OVER' };

/** UNKNOWN: try again later. */
export type Asked = CaptureOutcome | { readonly type: 'OVER' };

/**
 * Asks the provider for money, outside of any transaction. What may have been asked before is looked up first, and what
 * has no answer now is looked up after; `prepare` decides in between, in a transaction, whether to ask (again). A call that is
 * ready is beyond both: whoever made it has prepared it.
 */
export const askToCapture = async (
  provider: CardProvider,
  { id, sent, ready }: ProviderCall,
  prepare: () => Promise<Go>,
): Promise<Asked> => {
  if (sent && !ready) {
    const earlier = await provider.findCapture(id);
    if (earlier.type !== 'NONE') return earlier;
  }
  const go: Go = ready ? { type: 'SEND', request: ready } : await prepare();
  if (go.type !== 'SEND') return go.type === 'OVER' ? { type: 'OVER' } : { type: 'UNKNOWN' };
  const answer = await provider.capture({ key: id, ...go.request });
  if (answer.type !== 'UNKNOWN') return answer;
  const found = await provider.findCapture(id);
  return found.type === 'NONE' ? { type: 'UNKNOWN' } : found;
};
