import { isWorthAMail } from '../../domain/familiarity.ts';
import type { User } from '../../domain/user.ts';
import type { Origin } from '../origin.ts';
import type { Dependencies, Ports } from '../ports.ts';
import { writeToOwner } from '../write-to-owner.ts';

/** Remembers where somebody signed in from, and writes to them when that is new: it may not have been them. */
export const noteOrigin =
  ({ signInMails }: Pick<Dependencies, 'signInMails'>) =>
  async (ports: Ports, user: User, origin: Origin): Promise<void> => {
    const familiarity = await ports.knownOrigins.note(user.id, origin);
    if (!isWorthAMail(signInMails, familiarity)) return;
    const data = { name: user.name, ...origin, at: await ports.now() };
    await writeToOwner(ports, user, { template: 'NEW_SIGN_IN', data });
  };
