import { ack, park, type Verdict } from '@emporium/messaging';
import type { OrderDecision } from '../domain/order-decision.ts';
import type { OrderId } from './ports.ts';

/** What an order refuses to hear, no retry can mend: a person has to look. */
export const answer = (orderId: OrderId, decision: OrderDecision): Verdict =>
  decision.ok ? ack : park(`order ${orderId} refused this: ${decision.refusal}`);
