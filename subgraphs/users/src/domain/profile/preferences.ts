/** How a user may be reached for what they did not ask for. */
export type Channel = 'EMAIL' | 'SMS' | 'PUSH';

/** How somebody wants to be addressed: a BCP 47 language tag, an ISO 4217 currency, and the ways to reach them. */
export type Preferences = {
  readonly locale: string;
  readonly currency: string;
  readonly channels: readonly Channel[];
};

/** For whoever never said: the wallet's currency, and no message that costs or rings. */
export const defaultPreferences: Preferences = { locale: 'en-GB', currency: 'GBP', channels: ['EMAIL'] };

/** What is null stays as it is; a channel named twice is one channel. */
export const changePreferences = (
  present: Preferences,
  { locale, currency, channels }: { readonly [Key in keyof Preferences]: Preferences[Key] | null },
): Preferences => ({
  locale: locale ?? present.locale,
  currency: currency ?? present.currency,
  channels: [...new Set(channels ?? present.channels)],
});
