import type { TokenPurpose } from '../../domain/accounts/one-time-token.ts';
import type { User } from '../../domain/user.ts';
import type { Dependencies, Ports } from '../ports.ts';
import type { NewOneTimeToken } from './account-ports.ts';
import { linkTo } from './account-settings.ts';

type Way = Partial<Pick<NewOneTimeToken, 'email' | 'askedFrom'>>;

/** Issues a token and mails it, to the account's address unless another is given. Older ones for the purpose end, as `issue` says. */
export const mailToken =
  ({ secrets, accountSettings }: Pick<Dependencies, 'secrets' | 'accountSettings'>) =>
  async (
    { oneTimeTokens, mails }: Ports,
    user: User,
    purpose: TokenPurpose,
    { email = user.email, askedFrom = null }: Way = {},
  ): Promise<void> => {
    const { id: userId } = user;
    const token = secrets.create();
    const fingerprint = secrets.fingerprint(token);
    await oneTimeTokens.issue({ userId, email, purpose, fingerprint, askedFrom });
    // Until the address is proven, no mail to it repeats what its account is called: that may be a stranger's message.
    const name = user.emailVerified && email === user.email ? user.name : null;
    const data = { name, link: linkTo(accountSettings, purpose, token), token };
    await mails.send({ userId, recipient: email, template: purpose, data });
  };
