/** When the owner of an account is written to because somebody signed in: never, from a new device, from anything new. */
export type SignInMails = 'off' | 'device' | 'any';

/** What an account has seen, before a sign-in, of where that sign-in comes from. */
export type Familiarity = {
  readonly isFirst: boolean;
  readonly knowsNetwork: boolean;
  readonly knowsDevice: boolean;
};

/** The first of all sign-ins is its owner's, who knows of it. */
export const isWorthAMail = (
  mails: SignInMails,
  { isFirst, knowsNetwork, knowsDevice }: Familiarity,
): boolean => !isFirst && mails !== 'off' && !(knowsDevice && (knowsNetwork || mails === 'device'));
