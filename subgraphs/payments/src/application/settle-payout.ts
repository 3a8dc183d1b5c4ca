import { asId } from '@emporium/domain';
import { settlePayout as paidOut } from '../domain/journal.ts';
import { retryDelay } from '../domain/retry-delay.ts';
import type { WalletRequestId } from './ports.ts';
import type { SettleCall } from './settle-call.ts';

/** Pays out what a user withdrew; asks until the provider says that it is done. */
export const settlePayout: SettleCall = async (
  { transact, record, providers },
  { id, attempts, provider, token },
) => {
  const requestId: WalletRequestId = asId(id);
  const request = await transact(({ walletRequests }) => walletRequests.find(requestId));
  if (!request) throw new Error(`withdrawal ${id} is not known`);
  const outcome = await providers(provider).payout({
    ...{ key: id, amount: request.amount, reference: id },
    destination: token,
  });
  await record(id, async ({ calls, walletRequests, ledger }) => {
    if (outcome === 'UNKNOWN') return calls.retryIn(id, retryDelay(attempts));
    await calls.remove(id);
    const done = await walletRequests.finish(requestId, 'DONE');
    if (done) await ledger.post(paidOut(done.id, done.amount, provider));
  });
};
