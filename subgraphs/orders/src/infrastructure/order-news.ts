import * as contracts from '@emporium/contracts';

type Export = (typeof contracts)[keyof typeof contracts];
type Contract = Extract<Export, contracts.EventDefinition>;

const isEvent = (each: Export): each is Contract => 'subject' in each;

/**
 * Our events that tell of an order: what whoever follows one is woken by. Carts change far more often and may be large, so
 * that nobody is to hear and read them only to find no order named.
 */
export const orderNews: readonly contracts.EventDefinition[] = Object.values(contracts)
  .filter(isEvent)
  .filter(({ owner, payload }) => owner === 'orders' && 'orderId' in payload.shape);
