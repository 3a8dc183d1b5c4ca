import type { User } from '../domain/user.ts';
import type { Mail, Notice } from './mails.ts';
import type { Ports } from './ports.ts';

/**
 * Tells the owner of an account by mail what was done, in case that it was not them. To an address that nobody has proven only
 * links go: whoever opened the account may have given another's, and would have as many mails sent there as they do things.
 */
export const writeToOwner = async (
  { mails }: Pick<Ports, 'mails'>,
  { id: userId, email: recipient, emailVerified }: User,
  notice: Notice,
): Promise<void> => {
  if (emailVerified) await mails.send({ userId, recipient, ...notice } as Mail);
};
