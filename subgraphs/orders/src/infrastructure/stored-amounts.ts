/** How the amounts of an order are kept in its events, and what those from before there were any come to. */
import type { Money } from '@emporium/domain';
import { z } from 'zod';
import { type Amounts, nothingIn } from '../domain/checkout/quote.ts';
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

type StoredMoney = z.input<typeof money>;
type PlacedBefore = {
  readonly total: StoredMoney;
  readonly amounts?: unknown;
  readonly lines: readonly object[];
  readonly shipments: readonly { readonly amount: StoredMoney }[];
};

const goodsAlone = (total: StoredMoney): z.input<typeof amounts> => {
  const nothing = z.encode(amounts, nothingIn(total.currency) satisfies Amounts);
  return { ...nothing, goods: total, total };
};

/** Orders placed before anything was taken off or added cost their goods, sent for nothing. */
export const withAmounts = (payload: object): object => {
  const placed = payload as PlacedBefore;
  if (placed.amounts) return placed;
  const { discount, tax, includedTax } = goodsAlone(placed.total);
  return {
    ...placed,
    amounts: goodsAlone(placed.total),
    coupon: null,
    lines: placed.lines.map((line) => ({ ...line, discount, tax, includedTax, reasons: [] })),
    shipments: placed.shipments.map((shipment) => ({
      ...shipment,
      shippingMethod: null,
      amounts: goodsAlone(shipment.amount),
      reasons: [],
    })),
  };
};
