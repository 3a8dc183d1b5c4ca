import { asId } from '@emporium/domain';
import type { MethodFault } from '../domain/payment.ts';
import type { CardSource, Ports, ProviderCall, Transact, WalletRequest, WalletRequestId } from './ports.ts';
import type { Reads } from './reads.ts';
import { findWallet, type WalletOutcome, type WalletWish } from './wallet-outcome.ts';

export type TopUpWallet = (wish: WalletWish & CardSource) => Promise<WalletOutcome>;

export type TopUpPorts = {
  readonly transact: Transact;
  readonly reads: Reads;
  /** SHA-256 of a text. */
  readonly hash: (text: string) => string;
  /** Asks the provider now; resolves when its answer is kept, or when it is left to be found out later. */
  readonly settle: (call: ProviderCall) => Promise<void>;
  /** The request when it has ended or waits for its owner, or when there was no answer for long enough. */
  readonly waitForEnd: (id: WalletRequestId) => Promise<WalletRequest | null>;
};

/** Pays in from a card, or says in the wallet what its owner must do first. The same wish again, even at the same time, gives the same answer and takes money once. */
export const createTopUpWallet =
  ({ transact, reads, hash, settle, waitForEnd }: TopUpPorts): TopUpWallet =>
  async ({ userId, amount, idempotencyKey, token, paymentMethodId }) => {
    const card = token === undefined ? [null, paymentMethodId] : [token];
    const inputHash = hash(JSON.stringify(['TOP_UP', amount.minor.toString(), amount.currency, ...card]));
    const opening = { userId: asId<'User'>(userId), amount, idempotencyKey, inputHash };
    const opened = await transact((ports) => open(ports, opening, { token, paymentMethodId }));
    if ('fault' in opened) return { ok: false, refusal: opened.fault };
    const { request, call } = opened;
    if (request.inputHash !== inputHash) return { ok: false, refusal: 'IDEMPOTENCY_MISMATCH' };
    const { id } = request;
    if (call) await settle(call);
    const ended = await (call ? transact((ports) => ports.walletRequests.find(id)) : waitForEnd(id));
    if (ended?.status === 'DECLINED') return { ok: false, refusal: 'CARD_DECLINED' };
    return { ok: true, wallet: await findWallet(reads, userId, amount.currency) };
  };

type Opening = Pick<WalletRequest, 'userId' | 'amount' | 'idempotencyKey' | 'inputHash'>;

type Opened =
  | { readonly request: WalletRequest; readonly call: ProviderCall | null }
  | { readonly fault: MethodFault | 'CARD_DECLINED' };

/** Who opens it also asks the provider; everyone else finds it open. A method that does not pay leaves nothing open. */
const open = async (
  { newId, walletRequests, calls, paymentMethods, routing }: Ports,
  opening: Opening,
  asked: { readonly token: string | undefined; readonly paymentMethodId: string | undefined },
): Promise<Opened> => {
  const { userId, idempotencyKey } = opening;
  if (asked.token === undefined) {
    // What it led to is told also when the method is gone since.
    const known = await walletRequests.findByKey(userId, idempotencyKey);
    if (known) return { request: known, call: null };
  }
  const card = await paymentMethods.findCard({ userId, ...asked });
  if (card.type === 'NO_CARD' || card.type === 'TOKEN_UNREADABLE') return { fault: 'CARD_DECLINED' };
  if (card.type !== 'CARD') return { fault: card.type };
  const id = newId<'WalletRequest'>();
  const [provider] = routing.ofCard(opening.amount.currency, card.token);
  const status = provider ? 'PENDING' : 'DECLINED';
  const opened = await walletRequests.open({ ...opening, id, kind: 'TOP_UP', status });
  if (!opened.isNew || !provider) return { request: opened.request, call: null };
  const call = await calls.addTaken({ id, kind: 'TOP_UP', subject: id, token: card.token, provider });
  return { request: opened.request, call };
};
