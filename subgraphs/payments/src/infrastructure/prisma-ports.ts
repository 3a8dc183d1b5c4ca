import { asId } from '@emporium/domain';
import type { Seal } from '@emporium/encryption';
import { v7 } from 'uuid';
import type { Ports } from '../application/ports.ts';
import type { Routing } from '../domain/provider-routing.ts';
import type { Committed } from './committed.ts';
import type { OpenToken } from './create-open-token.ts';
import type { Prisma } from './generated/client.ts';
import { prismaClaimWriteOffs } from './prisma-claim-write-offs.ts';
import { prismaClaimedOrders } from './prisma-claimed-orders.ts';
import { prismaCommission, type SaleDefaults } from './prisma-commission.ts';
import { prismaDeletedUsers } from './prisma-deleted-users.ts';
import { prismaDisputes } from './prisma-disputes.ts';
import { prismaExchangeRates, prismaSettlement } from './prisma-exchange-rates.ts';
import { prismaLedger } from './prisma-ledger.ts';
import { prismaPaymentMethods } from './prisma-payment-methods.ts';
import { prismaPayments } from './prisma-payments.ts';
import { prismaPayoutAccounts } from './prisma-payout-accounts.ts';
import { prismaProviderCalls } from './prisma-provider-calls.ts';
import { prismaProviderNews } from './prisma-provider-news.ts';
import { prismaVerifiedUsers } from './prisma-verified-users.ts';
import { prismaWalletRequests } from './prisma-wallet-requests.ts';
import { prismaReconciliationCases } from './reconciliation/cases.ts';

/** The ports of one transaction; `committed` collects what it leaves to be done. */
export const createPorts = (
  tx: Prisma.TransactionClient,
  committed: Committed,
  defaults: SaleDefaults,
  seal: Seal,
  routing: Routing,
  openToken: OpenToken,
): Ports => ({
  newId: () => asId(v7()),
  routing,
  payments: prismaPayments(tx, committed),
  ledger: prismaLedger(tx, committed),
  walletRequests: prismaWalletRequests(tx),
  calls: prismaProviderCalls(tx, committed, seal),
  providerNews: prismaProviderNews(tx),
  payoutAccounts: prismaPayoutAccounts(tx),
  disputes: prismaDisputes(tx),
  commission: prismaCommission(tx, defaults),
  exchangeRates: prismaExchangeRates(tx, defaults.rateDays),
  settlement: prismaSettlement(tx),
  verifiedUsers: prismaVerifiedUsers(tx),
  deletedUsers: prismaDeletedUsers(tx),
  claimedOrders: prismaClaimedOrders(tx),
  reconciliationCases: prismaReconciliationCases(tx),
  claimWriteOffs: prismaClaimWriteOffs(tx),
  paymentMethods: prismaPaymentMethods(tx, seal, openToken),
});
