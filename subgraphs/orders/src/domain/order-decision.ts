import type { Decision } from '@emporium/domain';
import type { OrderEvent } from './order-event.ts';

/** NOT_FOUND: there is no such order, shipment, line or return, or it is not the actor's. */
export type OrderRefusal =
  | 'NOT_FOUND'
  | 'ALREADY_PLACED'
  | 'ALREADY_RESERVED'
  | 'NOT_REQUESTED'
  | 'WRONG_AMOUNT'
  | 'ANOTHER_PAYMENT'
  | 'ALREADY_PAID'
  | 'ALREADY_SHIPPED'
  | 'ALREADY_SETTLED'
  | 'ALREADY_CANCELLED'
  | 'NOT_CONFIRMED'
  | 'NOT_SHIPPED'
  | 'NOT_IN_SHIPMENT'
  | 'MORE_THAN_LEFT'
  | 'LINE_CHANGED'
  | 'BACKORDERED'
  | 'NOT_DELIVERED'
  | 'TOO_LATE'
  | 'TOO_MANY_RETURNS'
  | 'NOT_APPROVED'
  | 'RETURN_ENDED'
  | 'ALREADY_RECEIVED'
  | 'NOT_IN_RETURN'
  | 'MORE_THAN_ASKED'
  | 'MORE_THAN_PAID'
  | 'WRONG_CURRENCY'
  | 'REASON_MISSING'
  | 'OWN_GOODS';

export type OrderDecision = Decision<OrderEvent, OrderRefusal>;
