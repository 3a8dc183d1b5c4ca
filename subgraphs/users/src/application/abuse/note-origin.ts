import { isWorthAMail } from '../../domain/familiarity.ts';
import type { User } from '../../domain/user.ts';
import type { Origin } from '../origin.ts';
import type { Dependencies, Ports } from '../ports.ts';

/** Remembers where somebody signed in from, and writes to them when that is new: it may not have been them. */
export const noteOrigin =
  ({ signInMails }: Pick<Dependencies, 'signInMails'>) =>
  async ({ knownOrigins, mails, now }: Ports, { id, email, name }: User, origin: Origin): Promise<void> => {
    const familiarity = await knownOrigins.note(id, origin);
    if (!isWorthAMail(signInMails, familiarity)) return;
    const { device, address } = origin;
    const data = { name, device, address, at: await now() };
    await mails.send({ userId: id, recipient: email, template: 'NEW_SIGN_IN', data });
  };
