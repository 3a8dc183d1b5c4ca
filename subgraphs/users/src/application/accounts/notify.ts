import type { User } from '../../domain/user.ts';
import { nameInMail } from '../own-words.ts';
import type { Ports } from '../ports.ts';

type Notice =
  | 'PASSWORD_CHANGED'
  | 'EMAIL_CHANGE_REQUESTED'
  | 'EMAIL_CHANGED'
  | 'ACCOUNT_RECLAIMED'
  | 'ACCOUNT_DEACTIVATED'
  | 'ACCOUNT_DELETED';

/** Tells the account's owner by mail what was done, in case that it was not them. */
export const notify = ({ mails }: Ports, user: User, template: Notice): Promise<void> =>
  mails.send({ userId: user.id, recipient: user.email, template, data: { name: nameInMail(user) } });
