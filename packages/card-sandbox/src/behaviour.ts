/** Why no money is taken, or a card not kept. */
export type DeclineReason = 'CARD_DECLINED' | 'EXPIRED_CARD' | 'INVALID_TOKEN';

/** What a token makes the sandbox do: real providers misbehave, this one does so on demand. */
export type Behaviour = {
  /** Undefined: the money is captured. */
  readonly declined?: DeclineReason;
  readonly answers: 'AT_ONCE' | 'SLOWLY' | 'NEVER';
  /** The first attempts of each key fail without an effect. */
  readonly failsAtFirst?: true;
  /** Its bank asks its owner before it pays, on a page of ours. */
  readonly asksOwner?: true;
  /** What is printed on it, and may be shown. */
  readonly card: Card;
};

/** The last four digits, and the month in which it is good for the last time. */
export type Card = {
  readonly brand: string;
  readonly last4: string;
  readonly expiryMonth: number;
  readonly expiryYear: number;
};

const cardOf = (brand: string, last4: string, expiryYear = 2099): Card => ({
  ...{ brand, last4, expiryMonth: 12, expiryYear },
});

const behaviours: ReadonlyMap<string, Behaviour> = new Map([
  ['tok_ok', { answers: 'AT_ONCE', card: cardOf('visa', '4242') }],
  ['tok_declined', { answers: 'AT_ONCE', declined: 'CARD_DECLINED', card: cardOf('visa', '0002') }],
  [
    'tok_expired',
    { answers: 'AT_ONCE', declined: 'EXPIRED_CARD', card: cardOf('mastercard', '0069', 2020) },
  ],
  ['tok_slow', { answers: 'SLOWLY', card: cardOf('mastercard', '4444') }],
  ['tok_timeout', { answers: 'NEVER', card: cardOf('amex', '0005') }],
  ['tok_3ds', { answers: 'AT_ONCE', asksOwner: true, card: cardOf('visa', '3155') }],
  ['tok_error', { answers: 'AT_ONCE', failsAtFirst: true, card: cardOf('visa', '0119') }],
]);

/** Undefined for a token that the sandbox does not know. */
export const behaviourOf = (token: string): Behaviour | undefined => behaviours.get(token);
