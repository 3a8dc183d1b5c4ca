/** What a card's bank says when it is asked for money. */
export type CardBehaviour =
  | 'PAYS'
  | 'DECLINES'
  /** Its owner must prove themselves. */
  | 'ASKS';

/** Cards that anybody may give, by their token; any other is unknown. */
const cards: ReadonlyMap<string, CardBehaviour> = new Map([
  ['pm_card_visa', 'PAYS'],
  ['pm_card_chargeDeclined', 'DECLINES'],
  ['pm_card_authenticationRequired', 'ASKS'],
]);

export const cardOf = (token: string): CardBehaviour | null => cards.get(token) ?? null;
