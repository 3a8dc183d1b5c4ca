/** Who moves the money of cards and banks for us. */
export const providerNames = ['sandbox', 'stripe'] as const;

export type ProviderName = (typeof providerNames)[number];
