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
  self,
  signedIn,
  support,
  those,
  withOperations,
} from '@emporium/subgraph';
import { mayDispute, mayReadNote } from '../application/may-dispute.ts';
import {
  isBuyerOf,
  mayReadPaymentMethods,
  mayReadWallet,
  paymentAsSeenBy,
} from '../application/may-read.ts';
import { isSeller } from '../application/set-settlement-currency.ts';

const hasWallet = those('owner or ADMIN', ['owner', 'admin'], (viewer, user: { readonly id: string }) =>
  mayReadWallet(viewer, user.id),
);
/** Accounts and shops have one id. */
const itsSeller = those('the seller', ['seller'], ({ id }, shop: { id: string }) => id === shop.id);

const itsBuyer = those(
  'its buyer, or the guest by its token',
  ['owner'],
  (viewer, payment: { readonly buyerId: string; readonly byToken?: boolean }) =>
    payment.byToken === true || isBuyerOf(viewer, payment),
);

const itsOwner = those(
  'its owner',
  ['owner'],
  ({ id }, topUp: { readonly userId: string }) => id === topUp.userId,
);

const noteReaders = those('its buyer, SUPPORT or ADMIN', ['owner', 'support', 'admin'], mayReadNote);

const payersAndPaid: readonly Seat[] = ['owner', 'seller', 'support', 'admin'];

const walletReaders = only(hasWallet, 'NULL');

/** Who may see and call what of payments. */
export const policy: Policy = withOperations('payments', {
  Query: {
    disputes: only(anyOf(support, admin)),
    claims: only(admin),
    commissionRates: only(admin),
    settlementRates: only(admin),
    ...each(only(admin), 'reconciliation', 'reconciliationDays'),
  },
  Mutation: {
    openDispute: [only(customer), decided(mayDispute, ['owner'], 'refusal NOT_FOUND')],
    withdrawDispute: [only(customer), decided(mayDispute, ['owner'], 'refusal NOT_FOUND')],
    decideDispute: only(admin),
    setCommissionRate: only(admin),
    setSettlementRates: only(admin),
    setSettlementCurrency: [
      only(customer),
      decided(isSeller, ['seller', 'rival'], 'refusal NOT_A_SELLER'),
      own,
    ],
    ...each(only(admin), 'reconcile', 'resolveReconciliationCase', 'writeOffClaim'),
    topUpWallet: [only(customer), own],
    addPaymentMethod: [only(customer), own],
    ...each(
      [only(customer), decided(mayReadPaymentMethods, ['owner'], 'refusal NOT_FOUND')],
      ...['setDefaultPaymentMethod', 'removePaymentMethod'],
    ),
    withdraw: [only(customer), own],
    setPayoutAccount: [only(customer), own],
  },
  Subscription: { walletChanged: [only(signedIn), own] },
  Order: {
    id: open,
    // A guest is let through by the order's token: `paymentAsOpened`.
    payment: decided(paymentAsSeenBy, payersAndPaid, 'NULL'),
    disputes: decided(paymentAsSeenBy, payersAndPaid, 'NULL'),
  },
  // What a seller is shown of a payment holds no reason: `paymentAsSeenBy`.
  Payment: {
    ...each(open, 'id', 'status', 'amount', 'refunded', 'declineReason'),
    nextAction: only(itsBuyer, 'NULL'),
  },
  PaymentAction: each(open, 'type', 'url', 'clientSecret'),
  PaymentMethod: {
    ...each(open, 'id', 'label', 'brand', 'last4', 'expiryMonth', 'expiryYear'),
    ...each(open, 'status', 'isDefault', 'addedAt'),
  },
  Dispute: {
    ...each(open, 'id', 'order', 'shipmentId', 'reason', 'status', 'refunded', 'released'),
    ...each(open, 'openedAt', 'endedAt'),
    note: only(noteReaders, 'NULL'),
  },
  Seller: {
    id: open,
    disputes: only(anyOf(itsSeller, admin), 'NULL'),
    settlementCurrency: only(anyOf(itsSeller, admin), 'NULL'),
  },
  User: {
    id: open,
    wallet: walletReaders,
    wallets: walletReaders,
    paymentMethods: only(self, 'NULL'),
  },
  Wallet: each(open, 'balance', 'pending', 'owed', 'pendingTopUps', 'entries'),
  PendingTopUp: {
    ...each(open, 'id', 'amount', 'at', 'answerBy'),
    ...each(only(itsOwner, 'NULL'), 'idempotencyKey', 'nextAction'),
  },
  WalletChange: each(open, ...['sequence', 'kind', 'amount', 'at', 'order', 'message', 'entry', 'wallet']),
  ...pagesOf(
    'WalletEntry',
    'Dispute',
    'Claim',
    'CommissionRate',
    'ReconciliationCase',
    'ReconciliationDay',
    'SettlementRate',
  ),
  WalletEntry: each(open, 'id', 'kind', 'amount', 'gross', 'commission', 'at', 'order', 'conversion'),
  WalletConversion: each(open, 'from', 'commission', 'rate', 'exactRate', 'rateDate'),
  SettlementRates: { rates: open },
  SettlementRate: each(open, 'id', 'base', 'quote', 'rate', 'onDate', 'source', 'setAt'),
  CommissionRate: each(open, 'id', 'sellerId', 'currency', 'basisPoints', 'validFrom'),
  Claim: each(open, 'user', 'owed'),
  ClaimWriteOff: each(open, 'id', 'amount', 'reason', 'writtenOffBy', 'at', 'wallet'),
  Reconciliation: each(open, 'date', 'runs', 'cases'),
  ReconciliationRun: each(open, 'id', 'provider', 'status', 'failure', 'startedAt', 'finishedAt', 'totals'),
  ReconciliationTotal: each(open, 'outcome', 'movements', 'reported', 'booked', 'fees'),
  ReconciliationCase: {
    ...each(open, 'id', 'date', 'provider', 'kind', 'movement', 'idempotencyKey', 'reportedId', 'reported'),
    ...each(open, 'reportedAt', 'journalId', 'booked', 'bookedAt', 'suggestedJournal', 'status', 'reason'),
    ...each(open, 'closedBy', 'closedAt', 'openedAt'),
  },
  SuggestedEntry: each(open, 'account', 'side', 'amount'),
  ReconciliationDay: each(open, 'date', 'openCases'),
  ...refusals(
    'WalletRefusal',
    'DisputeRefusal',
    'ReconciliationRefusal',
    'ClaimRefusal',
    'PaymentMethodRefusal',
    'SettlementRefusal',
  ),
});
