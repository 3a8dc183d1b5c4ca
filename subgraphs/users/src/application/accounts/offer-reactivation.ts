import type { Email } from '../../domain/email.ts';
import type { Origin } from '../origin.ts';
import type { Dependencies } from '../ports.ts';
import { mailToken } from './mail-token.ts';

/**
 * Whoever deactivated their account gets, instead of a session, a link to have it back. Beyond the limit they have to do with
 * the last one, which is good for longer than the limit binds. It counts between two transactions: no account is held while
 * the counter is asked.
 */
export const offerReactivation = (
  dependencies: Pick<Dependencies, 'transact' | 'secrets' | 'accountSettings' | 'limits'>,
) => {
  const { transact, limits } = dependencies;
  const mail = mailToken(dependencies);
  return async (email: Email, { address }: Origin): Promise<void> => {
    const closed = await transact(({ accountChanges }) => accountChanges.findByEmail(email));
    if (closed?.state !== 'DEACTIVATED') return;
    if (await limits.ask('reactivation', { subject: closed.id, address })) return;
    await transact(async (ports) => {
      const user = await ports.accounts.lock(closed.id);
      if (user?.state === 'DEACTIVATED') await mail(ports, user, 'REACTIVATE');
    });
  };
};
