import type { StoredPayload, Upcaster } from './upcaster.ts';

type StoredMoney = { readonly minor: string; readonly currency: string };
type Placed1 = {
  readonly total: StoredMoney;
  readonly lines: readonly object[];
  readonly shipments: readonly { readonly amount: StoredMoney }[];
};

const goodsAlone = (total: StoredMoney) => {
  const nothing = { minor: '0', currency: total.currency };
  return { goods: total, discount: nothing, shipping: nothing, tax: nothing, includedTax: nothing, total };
};

/** What was placed before anything was taken off or added costs its goods, sent for nothing. */
export const placed1: Upcaster = {
  type: 'Placed',
  from: 1,
  up: (payload): StoredPayload => {
    const { total, lines, shipments } = payload as Placed1;
    const { discount, tax, includedTax } = goodsAlone(total);
    return {
      ...payload,
      amounts: goodsAlone(total),
      coupon: null,
      lines: lines.map((line) => ({ ...line, discount, tax, includedTax, reasons: [] })),
      shipments: shipments.map((shipment) => ({
        ...shipment,
        shippingMethod: null,
        amounts: goodsAlone(shipment.amount),
        reasons: [],
      })),
    };
  },
};
