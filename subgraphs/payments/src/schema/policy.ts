import {
  customer,
  decided,
  each,
  only,
  open,
  own,
  type Policy,
  pagesOf,
  refusals,
  those,
} from '@emporium/subgraph';
import { mayReadWallet, paymentAsSeenBy } from '../application/may-read.ts';

const hasWallet = those('owner or ADMIN', ['owner', 'admin'], (viewer, user: { readonly id: string }) =>
  mayReadWallet(viewer, user.id),
);
const walletReaders = only(hasWallet, 'NULL');

/** Who may see and call what of payments. */
export const policy: Policy = {
  Mutation: {
    topUpWallet: [only(customer), own],
    withdraw: [only(customer), own],
  },
  Order: {
    id: open,
    payment: decided(paymentAsSeenBy, ['owner', 'seller', 'support', 'admin'], 'NULL'),
  },
  Payment: each(open, 'id', 'status', 'amount', 'refunded'),
  User: {
    id: open,
    wallet: walletReaders,
    wallets: walletReaders,
  },
  Wallet: each(open, 'balance', 'pending', 'entries'),
  ...pagesOf('WalletEntry'),
  WalletEntry: each(open, 'id', 'kind', 'amount', 'at', 'order'),
  ...refusals('WalletRefusal'),
};
