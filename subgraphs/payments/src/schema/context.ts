import type { Viewer } from '@emporium/subgraph';
import DataLoader from 'dataloader';
import type { App, AskedPayment } from '../application/app.ts';
import type { DisputeView, PaymentMethodView, PaymentView, WalletView } from '../application/views.ts';

/** What resolvers get: the use cases, who asks, and this request's batched reads. */
export type Context = {
  readonly app: App;
  readonly viewer: Viewer;
  readonly loaders: {
    readonly payment: DataLoader<AskedPayment, PaymentView | null, string>;
    readonly disputesByOrder: DataLoader<string, readonly DisputeView[] | null>;
    readonly settlementCurrencyBySeller: DataLoader<string, string | null>;
    readonly paymentMethodsByUser: DataLoader<string, readonly PaymentMethodView[] | null>;
    readonly walletsByUser: DataLoader<string, readonly WalletView[] | null>;
  };
};

export const createContext = (app: App, viewer: Viewer): Context => ({
  app,
  viewer,
  loaders: {
    payment: new DataLoader((asked) => app.findPayments(asked, viewer), {
      cacheKeyFn: ({ orderId, orderToken }) => JSON.stringify([orderId, orderToken]),
    }),
    disputesByOrder: new DataLoader((orderIds) => app.findDisputes(orderIds, viewer)),
    settlementCurrencyBySeller: new DataLoader((sellerIds) => app.findSettlementCurrencies(sellerIds)),
    paymentMethodsByUser: new DataLoader((userIds) => app.findPaymentMethods(userIds, viewer)),
    walletsByUser: new DataLoader((userIds) => app.findWallets(userIds, viewer)),
  },
});
