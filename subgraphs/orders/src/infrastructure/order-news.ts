import * as contracts from '@emporium/contracts';
import type { Heard } from '@emporium/messaging';
import { z } from 'zod';
import type { OrderId } from '../application/ports.ts';

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

const aboutAnOrder = z.object({ id: z.string(), payload: z.object({ orderId: z.string() }) });

/** A message that was heard, and the order that it is about; null when it names none. */
export const readNews = ({
  envelope,
}: Heard): { readonly id: string; readonly orderId: OrderId } | null => {
  const read = aboutAnOrder.safeParse(envelope);
  return read.success ? { id: read.data.id, orderId: read.data.payload.orderId as OrderId } : null;
};
