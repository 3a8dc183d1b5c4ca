import { asId } from '@emporium/domain';
import { withdraw } from '../domain/journal.ts';
import { paysToAccounts } from '../domain/provider.ts';
import { fundsOf } from './funds-of.ts';
import type { Ports, Transact, WalletRequest } from './ports.ts';
import type { Reads } from './reads.ts';
import { findWallet, type WalletOutcome, type WalletRefusal, type WalletWish } from './wallet-outcome.ts';

export type Withdraw = (wish: WalletWish) => Promise<WalletOutcome>;

export type WithdrawPorts = {
  readonly transact: Transact;
  readonly reads: Reads;
  /** SHA-256 of a text. */
  readonly hash: (text: string) => string;
  readonly withdrawalFor: WithdrawalFor;
};

/** Who may take money out: whoever has proven their e-mail address, or, where nobody reads mail, everyone. */
export type WithdrawalFor = 'verified' | 'everyone';

/** Takes money out of a wallet; the provider pays it out afterwards. Only a granted wish binds its key. */
export const createWithdraw =
  ({ transact, reads, hash, withdrawalFor }: WithdrawPorts): Withdraw =>
  async (wish) => {
    const { minor, currency } = wish.amount;
    const inputHash = hash(JSON.stringify(['WITHDRAWAL', minor.toString(), currency]));
    const refusal = await transact((ports) => takeOut(ports, wish, inputHash, withdrawalFor));
    if (refusal) return { ok: false, refusal };
    return { ok: true, wallet: await findWallet(reads, wish.userId, currency) };
  };

const takeOut = async (
  ports: Ports,
  wish: WalletWish,
  inputHash: string,
  withdrawalFor: WithdrawalFor,
): Promise<WalletRefusal | null> => {
  const { amount, idempotencyKey } = wish;
  const userId = asId<'User'>(wish.userId);
  const funds = await fundsOf(ports, userId, amount.currency);
  const earlier = await ports.walletRequests.findByKey(userId, idempotencyKey);
  if (earlier) return compare(earlier, inputHash);
  const mayWithdraw = withdrawalFor === 'everyone' || (await ports.verifiedUsers.isVerified(userId));
  if (!mayWithdraw) return 'EMAIL_NOT_VERIFIED';
  if (funds < amount.minor) return 'INSUFFICIENT_FUNDS';
  const [provider = 'sandbox'] = ports.routing.ofPayout(amount.currency);
  const account = paysToAccounts(provider) ? await ports.payoutAccounts.find(userId, provider) : null;
  if (paysToAccounts(provider) && account === null) return 'PAYOUT_ACCOUNT_MISSING';
  const { request, isNew } = await ports.walletRequests.open({
    id: ports.newId(),
    userId,
    kind: 'WITHDRAWAL',
    idempotencyKey,
    inputHash,
    amount,
    status: 'PENDING',
  });
  if (!isNew) return compare(request, inputHash);
  await ports.calls.add({ id: request.id, kind: 'PAYOUT', subject: request.id, token: account, provider });
  await ports.ledger.post(withdraw(userId, request.id, amount));
  return null;
};

const compare = (earlier: WalletRequest, inputHash: string): WalletRefusal | null =>
  earlier.inputHash === inputHash ? null : 'IDEMPOTENCY_MISMATCH';
