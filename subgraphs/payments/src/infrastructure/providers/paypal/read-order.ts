import { z } from 'zod';
import type { Capture } from '../../../application/card-provider.ts';
import { isSame, paypalAmount } from './paypal-money.ts';

/** An authorisation, or a capture. */
export const paypalPart = z.object({ id: z.string().min(1), status: z.string(), amount: paypalAmount });

/** What of an order decides anything; one order is one payment. */
export const paypalOrder = z.object({
  id: z.string().min(1),
  status: z.string(),
  purchase_units: z.tuple([
    z.object({
      custom_id: z.string().optional(),
      amount: paypalAmount,
      payments: z
        .object({
          authorizations: z.array(paypalPart).optional(),
          captures: z.array(paypalPart).optional(),
        })
        .optional(),
    }),
  ]),
  links: z.array(z.object({ rel: z.string(), href: z.url() })).default([]),
});

export type PayPalOrder = z.output<typeof paypalOrder>;
type PayPalPart = z.output<typeof paypalPart>;

/** LIE: it is of another payment or amount, or took or holds another one. PROCESSING: PayPal has not decided yet, or says what we do not know. */
export type OrderState =
  | { readonly type: 'AWAITS_BUYER' | 'APPROVED' | 'CANCELLED' | 'LIE' | 'PROCESSING' }
  /** The money is held, and nothing is taken. */
  | { readonly type: 'AUTHORISED'; readonly authorizationId: string }
  /** Taking it was refused; it may still be held. */
  | { readonly type: 'FAILED'; readonly authorizationId: string | null }
  | { readonly type: 'CAPTURED'; readonly captureId: string };

const open: Readonly<Record<string, 'AWAITS_BUYER' | 'APPROVED' | 'CANCELLED'>> = {
  CREATED: 'AWAITS_BUYER',
  SAVED: 'AWAITS_BUYER',
  PAYER_ACTION_REQUIRED: 'AWAITS_BUYER',
  APPROVED: 'APPROVED',
  VOIDED: 'CANCELLED',
};

/** What was given back later was taken before. */
const taken = ['COMPLETED', 'PARTIALLY_REFUNDED', 'REFUNDED'];

/** How far an order has come, held against what it was made for. */
export const stateOf = (
  { status, purchase_units: [unit] }: PayPalOrder,
  { key, amount }: Capture,
): OrderState => {
  const { authorizations = [], captures = [] } = unit.payments ?? {};
  const told = [unit, ...authorizations, ...captures];
  if (unit.custom_id !== key || !told.every((each) => isSame(each.amount, amount))) return { type: 'LIE' };
  const capture = captures.find((each) => taken.includes(each.status));
  if (capture) return { type: 'CAPTURED', captureId: capture.id };
  const [authorization] = authorizations;
  if (captures.length > 0) return stateOfRefused(captures, authorization);
  if (!authorization) return { type: open[status] ?? 'PROCESSING' };
  return stateOfAuthorization(authorization);
};

const stateOfRefused = (
  captures: readonly PayPalPart[],
  authorization: PayPalPart | undefined,
): OrderState => {
  const isOver = captures.every(({ status }) => status === 'DECLINED' || status === 'FAILED');
  if (!isOver) return { type: 'PROCESSING' };
  const isHeld = authorization?.status === 'CREATED';
  return { type: 'FAILED', authorizationId: isHeld ? authorization.id : null };
};

const stateOfAuthorization = ({ id, status }: PayPalPart): OrderState => {
  switch (status) {
    case 'CREATED':
      return { type: 'AUTHORISED', authorizationId: id };
    case 'DENIED':
      return { type: 'FAILED', authorizationId: null };
    case 'VOIDED':
      return { type: 'CANCELLED' };
    default:
      return { type: 'PROCESSING' };
  }
};

/** Where the buyer agrees; null when PayPal does not say. */
export const approvalUrlOf = ({ links }: PayPalOrder): string | null =>
  links.find(({ rel }) => rel === 'payer-action' || rel === 'approve')?.href ?? null;
