import type { AccountMail } from '../../application/accounts/account-mails.ts';
import { greet, type Letter } from './letter.ts';

type Letters = {
  readonly [Name in AccountMail['template']]: (
    data: (AccountMail & { template: Name })['data'],
    contact: string,
  ) => Letter;
};

/** A stranger may have given the address of somebody else, and as their name what they want to tell them. */
const unproven: Greeting = () => 'Hello';
const known: Greeting = ({ name }) => greet(name);

type Greeting = (data: Link) => string;
type Link = { readonly name: string | null; readonly link: string; readonly token: string };

const withLink =
  (begin: Greeting, subject: string, why: string, goodFor: string, otherwise: string) =>
  (data: Link): Letter => ({
    subject,
    text: `${begin(data)},

${why}

${data.link}

The link is good once, for ${goodFor}. Where you are asked for a code instead, it is

${data.token}

${otherwise}
`,
  });

const notice =
  (subject: string, text: string) =>
  ({ name }: { readonly name: string | null }): Letter => ({
    subject,
    text: `${greet(name)},\n\n${text}\n`,
  });

const notYou =
  'If it was not you, set a new password at once with "forgot password", and look through your account.';

/** What mail about accounts says. */
export const accountLetters: Letters = {
  VERIFY_EMAIL: withLink(
    unproven,
    'Verify your e-mail address',
    'please show that this address is yours: follow this link where you are signed in, or give the password that you chose:',
    '24 hours',
    'If you opened no account, do nothing: nobody can prove this address without you. If you want the account for yourself, choose a password with "forgot password": what somebody else put into it is removed.',
  ),
  RESET_PASSWORD: withLink(
    unproven,
    'Choose a new password',
    'somebody, probably you, asked for a new password. Follow this link to choose one:',
    '30 minutes',
    'If it was not you, do nothing: your password stays as it is.',
  ),
  CHANGE_EMAIL: withLink(
    unproven,
    'Confirm your new e-mail address',
    'follow this link where you are signed in, or give your password, and this becomes the address of your account:',
    '2 hours',
    'If you asked for nothing like it, do nothing.',
  ),
  REACTIVATE: withLink(
    known,
    'Reactivate your account',
    'you logged in to an account that you had deactivated. Follow this link to have it back:',
    '2 hours',
    'If it was not you, somebody knows your password: choose a new one with "forgot password".',
  ),
  NO_ACCOUNT: () => ({
    subject: 'You have no account with this address',
    text: `Hello,

somebody, probably you, asked for a new password for this e-mail address. It has no account with us. Perhaps you registered with another address; if you asked for nothing, do nothing.
`,
  }),
  PASSWORD_CHANGED: notice(
    'Your password was changed',
    `the password of your account was changed, and other sessions were ended. ${notYou}`,
  ),
  EMAIL_CHANGE_REQUESTED: notice(
    'Your e-mail address is about to change',
    `somebody who knows your password asked to change the address of your account. It changes once the link that we sent to the new address is followed. ${notYou}`,
  ),
  EMAIL_CHANGED: (data, contact) =>
    notice(
      'Your e-mail address was changed',
      `your account has another e-mail address now; this is the last mail to this one. If it was not you, ${contact}.`,
    )(data),
  ACCOUNT_RECLAIMED: notice(
    'Your account is yours alone now',
    'you have shown for the first time that this address is yours. Whoever opened the account with it, you or somebody else, had not. So what was set before was removed: name, picture, addresses, preferences and wishlist, and every way to sign in but yours. Orders and the wallet are as they were.',
  ),
  ACCOUNT_DEACTIVATED: notice(
    'Your account is deactivated',
    'your account is deactivated and its sessions were ended. To have it back, log in: we send you a link.',
  ),
  ACCOUNT_RESTORED: (data, contact) =>
    notice(
      'Your account is active again',
      `an administrator has reactivated your account; log in as before. If you asked for nothing like it, ${contact}.`,
    )(data),
  ACCOUNT_DELETED: notice(
    'Your account is deleted',
    'your account and what we knew of you were deleted. This is our last mail to you.',
  ),
};
