import { asId } from '@emporium/domain';
import type { Ports, ProviderCall, Transact, WalletRequest, WalletRequestId } from './ports.ts';
import type { Reads } from './reads.ts';
import { findWallet, type WalletOutcome, type WalletWish } from './wallet-outcome.ts';

export type TopUpWallet = (wish: WalletWish & { readonly token: string }) => Promise<WalletOutcome>;

export type TopUpPorts = {
  readonly transact: Transact;
  readonly reads: Reads;
  /** SHA-256 of a text. */
  readonly hash: (text: string) => string;
  /** Asks the provider now; resolves when its answer is kept, or when it is left to be found out later. */
  readonly settle: (call: ProviderCall) => Promise<void>;
  /** The request when it is no longer pending, or when there was no answer for long enough. */
  readonly waitForEnd: (id: WalletRequestId) => Promise<WalletRequest | null>;
};

/** Pays in from a card. The same wish again, even at the same time, gives the same answer and takes money once. */
export const createTopUpWallet =
  ({ transact, reads, hash, settle, waitForEnd }: TopUpPorts): TopUpWallet =>
  async ({ userId, amount, token, idempotencyKey }) => {
    const inputHash = hash(JSON.stringify(['TOP_UP', amount.minor.toString(), amount.currency, token]));
    const opening = { userId: asId<'User'>(userId), amount, idempotencyKey, inputHash };
    const { request, call } = await transact((ports) => open(ports, opening, token));
    if (request.inputHash !== inputHash) return { ok: false, refusal: 'IDEMPOTENCY_MISMATCH' };
    const { id } = request;
    if (call) await settle(call);
    const ended = await (call ? transact((ports) => ports.walletRequests.find(id)) : waitForEnd(id));
    if (ended?.status === 'DECLINED') return { ok: false, refusal: 'CARD_DECLINED' };
    return { ok: true, wallet: await findWallet(reads, userId, amount.currency) };
  };

type Opening = Pick<WalletRequest, 'userId' | 'amount' | 'idempotencyKey' | 'inputHash'>;

/** Who opens it also asks the provider; everyone else finds it open. */
const open = async ({ newId, walletRequests, calls, routing }: Ports, opening: Opening, token: string) => {
  const id = newId<'WalletRequest'>();
  const [provider] = routing.ofCard(opening.amount.currency, token);
  const status = provider ? 'PENDING' : 'DECLINED';
  const opened = await walletRequests.open({ ...opening, id, kind: 'TOP_UP', status });
  if (!opened.isNew || !provider) return { request: opened.request, call: null };
  const call = await calls.addTaken({ id, kind: 'TOP_UP', subject: id, token, provider });
  return { request: opened.request, call };
};
