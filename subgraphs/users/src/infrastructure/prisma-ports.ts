import type { Seal } from '@emporium/encryption';
import { appendToOutbox, type Transact } from '@emporium/messaging';
import { readDatabaseTime, readTransactionTime } from '@emporium/subgraph';
import type { Ports } from '../application/ports.ts';
import { outboxSecurityAlerts } from './abuse/outbox-security-alerts.ts';
import { prismaKnownOrigins } from './abuse/prisma-known-origins.ts';
import { prismaAccountChanges } from './accounts/prisma-account-changes.ts';
import { prismaOneTimeTokens } from './accounts/prisma-one-time-tokens.ts';
import { prismaPersonalData } from './accounts/prisma-personal-data.ts';
import type { Prisma, PrismaClient } from './generated/client.ts';
import { prismaMails } from './mail/prisma-mails.ts';
import type { Append } from './outbox-append.ts';
import { prismaAccounts } from './prisma-accounts.ts';
import { prismaSecurityEvents } from './prisma-security-events.ts';
import { prismaSessions } from './prisma-sessions.ts';
import { prismaProfile } from './profile/prisma-profile.ts';
import { prismaSecondFactors } from './second-factor/prisma-second-factors.ts';
import { prismaSellers } from './sellers/prisma-sellers.ts';
import { prismaLinkedIdentities } from './sign-in/prisma-linked-identities.ts';
import { prismaSignInAttempts } from './sign-in/prisma-sign-in-attempts.ts';

const portsOf = (tx: Prisma.TransactionClient, append: Append, mailed: () => void, seal: Seal): Ports => ({
  accounts: prismaAccounts(tx),
  sessions: prismaSessions(tx, append),
  sellers: prismaSellers(tx, append),
  profile: prismaProfile(tx, seal),
  securityEvents: prismaSecurityEvents(tx),
  mails: prismaMails(tx, seal, mailed),
  knownOrigins: prismaKnownOrigins(tx),
  securityAlerts: outboxSecurityAlerts(append),
  oneTimeTokens: prismaOneTimeTokens(tx),
  accountChanges: prismaAccountChanges(tx, append),
  personalData: prismaPersonalData(tx, seal),
  signInAttempts: prismaSignInAttempts(tx),
  identities: prismaLinkedIdentities(tx),
  secondFactors: prismaSecondFactors(tx, seal),
  now: () => readTransactionTime(tx),
  moment: () => readDatabaseTime(tx),
});

/**
 * One database transaction with the repositories bound to it; `appended` is called after each commit that leaves
 * something in the outbox, `mailed` after each that leaves mail.
 */
export const transactWith =
  (
    prisma: PrismaClient,
    seal: Seal,
    appended: () => void,
    mailed: () => void = () => undefined,
  ): Transact<Ports> =>
  async (work) => {
    let hasAppended = false;
    let hasMailed = false;
    const result = await prisma.$transaction((tx) => {
      const append: Append = (messages) => {
        hasAppended = true;
        return appendToOutbox(tx, messages);
      };
      const noteMail = () => {
        hasMailed = true;
      };
      return work(portsOf(tx, append, noteMail, seal), tx);
    });
    if (hasAppended) appended();
    if (hasMailed) mailed();
    return result;
  };
