import {
  admin,
  anyOf,
  customer,
  decided,
  each,
  only,
  open,
  own,
  type Policy,
  pagesOf,
  refusals,
  type Seat,
  signedIn,
  support,
  those,
  withOperations,
} from '@emporium/subgraph';
import { mayDispute, mayReadNote } from '../application/may-dispute.ts';
import { mayReadWallet, paymentAsSeenBy } from '../application/may-read.ts';

const hasWallet = those('owner or ADMIN', ['owner', 'admin'], (viewer, user: { readonly id: string }) =>
  mayReadWallet(viewer, user.id),
);
/** Accounts and shops have one id. */
const itsSeller = those('the seller', ['seller'], ({ id }, shop: { id: string }) => id === shop.id);

const noteReaders = those('its buyer, SUPPORT or ADMIN', ['owner', 'support', 'admin'], mayReadNote);

const payersAndPaid: readonly Seat[] = ['owner', 'seller', 'support', 'admin'];

const walletReaders = only(hasWallet, 'NULL');

/** Who may see and call what of payments. */
export const policy: Policy = withOperations('payments', {
  Query: { disputes: only(anyOf(support, admin)), commissionRates: only(admin) },
  Mutation: {
    openDispute: [only(customer), decided(mayDispute, ['owner'], 'refusal NOT_FOUND')],
    withdrawDispute: [only(customer), decided(mayDispute, ['owner'], 'refusal NOT_FOUND')],
    decideDispute: only(admin),
    setCommissionRate: only(admin),
    topUpWallet: [only(customer), own],
    withdraw: [only(customer), own],
  },
  Subscription: { walletChanged: [only(signedIn), own] },
  Order: {
    id: open,
    payment: decided(paymentAsSeenBy, payersAndPaid, 'NULL'),
    disputes: decided(paymentAsSeenBy, payersAndPaid, 'NULL'),
  },
  Payment: each(open, 'id', 'status', 'amount', 'refunded'),
  Dispute: {
    ...each(open, 'id', 'order', 'shipmentId', 'reason', 'status', 'refunded', 'released'),
    ...each(open, 'openedAt', 'endedAt'),
    note: only(noteReaders, 'NULL'),
  },
  Seller: { id: open, disputes: only(anyOf(itsSeller, admin), 'NULL') },
  User: {
    id: open,
    wallet: walletReaders,
    wallets: walletReaders,
  },
  Wallet: each(open, 'balance', 'pending', 'entries'),
  WalletChange: each(open, ...['sequence', 'kind', 'amount', 'at', 'order', 'message', 'entry', 'wallet']),
  ...pagesOf('WalletEntry', 'Dispute', 'CommissionRate'),
  WalletEntry: each(open, 'id', 'kind', 'amount', 'gross', 'commission', 'at', 'order'),
  CommissionRate: each(open, 'id', 'sellerId', 'currency', 'basisPoints', 'validFrom'),
  ...refusals('WalletRefusal', 'DisputeRefusal'),
});
