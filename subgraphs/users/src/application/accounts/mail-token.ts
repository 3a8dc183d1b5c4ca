import type { TokenPurpose } from '../../domain/accounts/one-time-token.ts';
import type { Email } from '../../domain/email.ts';
import type { User } from '../../domain/user.ts';
import type { Dependencies, Ports } from '../ports.ts';
import { linkTo } from './account-settings.ts';

/** Issues a token and mails it, to the account's address unless another is given. Older ones for the purpose end. */
export const mailToken =
  ({ secrets, accountSettings }: Pick<Dependencies, 'secrets' | 'accountSettings'>) =>
  async (
    { oneTimeTokens, mails }: Ports,
    { id: userId, name, email: own }: Pick<User, 'id' | 'name' | 'email'>,
    purpose: TokenPurpose,
    email: Email = own,
  ): Promise<void> => {
    const token = secrets.create();
    await oneTimeTokens.issue({ userId, email, purpose, fingerprint: secrets.fingerprint(token) });
    const data = { name, link: linkTo(accountSettings, purpose, token), token };
    await mails.send({ userId, recipient: email, template: purpose, data });
  };
