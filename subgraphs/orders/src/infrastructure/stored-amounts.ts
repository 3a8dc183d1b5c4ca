/** How the amounts of an order are kept in its events. */
import type { Money } from '@emporium/domain';
import { z } from 'zod';
import { shippingMethods } from '../domain/checkout/rules.ts';

/** Minor units as text: JSON numbers lose digits above 2^53. */
export const money = z.codec(
  z.object({ minor: z.string(), currency: z.string() }),
  z.custom<Money>((value) => typeof value === 'object'),
  {
    decode: ({ minor, currency }) => ({ minor: BigInt(minor), currency }),
    encode: ({ minor, currency }) => ({ minor: minor.toString(), currency }),
  },
);

export const amounts = z.object({
  goods: money,
  discount: money,
  shipping: money,
  tax: money,
  includedTax: money,
  total: money,
});

export const reasons = z.array(
  z.object({
    code: z.enum(['DISCOUNT', 'SHIPPING', 'TAX_ADDED', 'TAX_INCLUDED']),
    ruleId: z.string(),
    version: z.int(),
    name: z.string(),
    ratePpm: z.int().nullable(),
    base: money,
    amount: money,
  }),
);

export const shippingMethod = z.enum(shippingMethods).nullable();
