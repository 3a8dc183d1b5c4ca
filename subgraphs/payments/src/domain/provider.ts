/** Who moves the money of cards and banks for us. */
export const providerNames = ['sandbox', 'stripe', 'paypal'] as const;

export type ProviderName = (typeof providerNames)[number];

/** Who pays out only to an account that its owner has there. */
export const paysToAccounts = (provider: ProviderName): boolean => provider === 'stripe';

/** Who pays money out at all. */
export const paysOut = (provider: ProviderName): boolean => provider !== 'paypal';
