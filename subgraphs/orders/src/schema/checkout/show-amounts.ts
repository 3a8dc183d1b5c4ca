/** Quotes and amounts in the shapes of the schema. */
import { showMoney } from '@emporium/subgraph';
import type { Amounts, Quote, Reason } from '../../domain/checkout/quote.ts';
import { showPercent } from './percent.ts';

export const showAmounts = ({ goods, discount, shipping, tax, includedTax, total }: Amounts) => ({
  goods: showMoney(goods),
  discount: showMoney(discount),
  shipping: showMoney(shipping),
  tax: showMoney(tax),
  includedTax: showMoney(includedTax),
  total: showMoney(total),
});

export const showReason = ({ ratePpm, base, amount, ...reason }: Reason) => ({
  ...reason,
  rate: ratePpm === null ? null : showPercent(ratePpm),
  base: showMoney(base),
  amount: showMoney(amount),
});

export const showQuote = ({ lines, shipments, amounts, coupon }: Quote) => ({
  __typename: 'CheckoutQuote' as const,
  lines: lines.map(({ variantId, title, quantity, unitPrice, ...line }) => ({
    variantId,
    title,
    quantity,
    unitPrice: showMoney(unitPrice),
    amounts: showAmounts(line.amounts),
    reasons: line.reasons.map(showReason),
  })),
  shipments: shipments.map(({ sellerId, method, options, ...shipment }) => ({
    sellerId,
    method,
    options: options.map((option) => ({ ...option, price: showMoney(option.price) })),
    amounts: showAmounts(shipment.amounts),
    reasons: shipment.reasons.map(showReason),
  })),
  amounts: showAmounts(amounts),
  couponCode: coupon?.code ?? null,
});
