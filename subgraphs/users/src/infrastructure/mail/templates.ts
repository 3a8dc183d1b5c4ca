import type { MailContent } from '../../application/mails.ts';
import { accountLetters } from './account-letters.ts';
import { contactAt, greet, type Letter } from './letter.ts';

type Templates = {
  readonly [Name in MailContent['template']]: (
    data: (MailContent & { template: Name })['data'],
    contact: string,
  ) => Letter;
};

const deviceNamed = (device: string | null): string => device ?? 'a device that we cannot name';

/** What each mail says. Plain text: nothing in it is a person's own words but their name. */
const templates: Templates = {
  ...accountLetters,
  REFRESH_TOKEN_REUSED: ({ name, device }) => ({
    subject: 'We signed you out of a session',
    text: `${greet(name)},

A session of yours, begun on ${deviceNamed(device)}, was used in a way that means that somebody else may hold a copy of it. We have ended it. If you did nothing unusual, change your password and look through your other sessions.
`,
  }),
  NEW_SIGN_IN: ({ name, device, address, at }) => ({
    subject: 'Somebody signed in to your account',
    text: `${greet(name)},

Your account was signed in to from a device or a network that it had not been before: ${deviceNamed(device)}, ${address ?? 'a network that we do not know'}, ${at}. If that was you, there is nothing to do. If not, change your password and end your other sessions.
`,
  }),
  IDENTITY_LINKED: ({ name, provider }) => ({
    subject: 'You can sign in another way now',
    text: `${greet(name)},

An account at ${provider} was linked to yours: whoever signs in there is signed in here. If that was not you, unlink it, change your password and end your other sessions.
`,
  }),
  IDENTITY_UNLINKED: ({ name, provider }) => ({
    subject: 'One way to sign in is gone',
    text: `${greet(name)},

An account at ${provider} was unlinked from yours, and opens it no more. If that was not you, change your password and end your other sessions.
`,
  }),
  TOTP_ENABLED: ({ name, device }, contact) => ({
    subject: 'One-time codes are on',
    text: `${greet(name)},

Signing in to your account needs a one-time code from now on. They were switched on from ${deviceNamed(device)}. If that was not you, change your password and ${contact}.
`,
  }),
  TOTP_DISABLED: ({ name, device }) => ({
    subject: 'One-time codes are off',
    text: `${greet(name)},

Signing in to your account needs your password alone again. One-time codes were switched off from ${deviceNamed(device)}. If that was not you, change your password, switch them on again, and look through your sessions.
`,
  }),
  TOTP_REMOVED: ({ name }, contact) => ({
    subject: 'One-time codes were taken off your account',
    text: `${greet(name)},

An administrator has taken the one-time codes off your account, as somebody who lost app and recovery codes asks for, and has ended its sessions. Signing in needs your password alone now; switch new codes on. If you asked for nothing like it, change your password and ${contact}.
`,
  }),
  RECOVERY_CODES_REPLACED: ({ name, device }) => ({
    subject: 'You have new recovery codes',
    text: `${greet(name)},

New recovery codes were made for your account, from ${deviceNamed(device)}; the ones before are good no more. If that was not you, change your password and look through your sessions.
`,
  }),
  RECOVERY_CODE_USED: ({ name, device, recoveryCodesLeft }) => ({
    subject: 'A recovery code was used',
    text: `${greet(name)},

One of your recovery codes was used in place of a one-time code, from ${deviceNamed(device)}. You have ${recoveryCodesLeft} left. If that was not you, change your password, make new recovery codes, and look through your sessions.
`,
  }),
};

/** `support` is the address that readers are told to write to. Throws for a template that there is not. */
export const writeLetter = (template: string, data: unknown, support: string | null): Letter => {
  const write = Object.hasOwn(templates, template) ? templates[template as keyof Templates] : undefined;
  if (!write) throw new Error(`there is no mail ${template}`);
  return write(data as never, contactAt(support));
};
