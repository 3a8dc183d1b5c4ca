import type { OrderRefusal } from '../../domain/order-decision.ts';
import type { OrderId, ReturnId } from '../ports.ts';

/** Which return, and whose; or why nothing came of it. */
export type ReturnOutcome =
  | { readonly ok: true; readonly returnId: ReturnId; readonly orderId: OrderId }
  | { readonly ok: false; readonly refusal: OrderRefusal | 'IDEMPOTENCY_MISMATCH' };
