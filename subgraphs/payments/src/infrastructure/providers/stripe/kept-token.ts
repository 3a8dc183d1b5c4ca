/** A card at Stripe, and the customer that it is kept for; null of one that is not kept. */
export type StripeCard = { readonly method: string; readonly customer: string | null };

/** A kept card pays only together with its customer, whom nobody is told: `pm_1:cus_2`. */
export const keptToken = (method: string, customer: string): string => `${method}:${customer}`;

export const cardOf = (token: string): StripeCard => {
  const [method = '', customer = null] = token.split(':', 2);
  return { method, customer };
};
