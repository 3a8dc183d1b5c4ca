import type { MailContent } from '../../application/mails.ts';

export type Letter = { readonly subject: string; readonly text: string };

type Templates = {
  readonly [Name in MailContent['template']]: (
    data: Extract<MailContent, { template: Name }>['data'],
  ) => Letter;
};

const deviceNamed = (device: string | null): string => device ?? 'a device that did not say what it is';

/** What each mail says. Plain text: nothing in it is a person's own words but their name. */
const templates: Templates = {
  REFRESH_TOKEN_REUSED: ({ name, device }) => ({
    subject: 'We signed you out of a session',
    text: `Hello ${name},

A session of yours, begun on ${deviceNamed(device)}, was used in a way that means that somebody else may hold a copy of it. We have ended it. If you did nothing unusual, change your password and look through your other sessions.
`,
  }),
  IDENTITY_LINKED: ({ name, provider }) => ({
    subject: 'You can sign in another way now',
    text: `Hello ${name},

An account at ${provider} was linked to yours: whoever signs in there is signed in here. If that was not you, unlink it, change your password and end your other sessions.
`,
  }),
  IDENTITY_UNLINKED: ({ name, provider }) => ({
    subject: 'One way to sign in is gone',
    text: `Hello ${name},

An account at ${provider} was unlinked from yours, and opens it no more. If that was not you, change your password and end your other sessions.
`,
  }),
};

/** Throws for a template that there is not. */
export const writeLetter = (template: string, data: unknown): Letter => {
  const write = Object.hasOwn(templates, template) ? templates[template as keyof Templates] : undefined;
  if (!write) throw new Error(`there is no mail ${template}`);
  return write(data as never);
};
