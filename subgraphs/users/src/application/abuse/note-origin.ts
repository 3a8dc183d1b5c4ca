import { isWorthAMail } from '../../domain/familiarity.ts';
import type { User } from '../../domain/user.ts';
import type { Origin } from '../origin.ts';
import { deviceInMail, nameInMail } from '../own-words.ts';
import type { Dependencies, Ports } from '../ports.ts';

/** Remembers where somebody signed in from, and writes to them when that is new: it may not have been them. */
export const noteOrigin =
  ({ signInMails }: Pick<Dependencies, 'signInMails'>) =>
  async ({ knownOrigins, mails, now }: Ports, user: User, origin: Origin): Promise<void> => {
    const familiarity = await knownOrigins.note(user.id, origin);
    if (!isWorthAMail(signInMails, familiarity)) return;
    const { address } = origin;
    const device = deviceInMail(user, origin.device);
    const data = { name: nameInMail(user), device, address, at: await now() };
    await mails.send({ userId: user.id, recipient: user.email, template: 'NEW_SIGN_IN', data });
  };
