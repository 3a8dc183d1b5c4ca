import { appendToOutbox, type OutgoingMessage, type Transact } from '@emporium/messaging';
import { readTransactionTime } from '@emporium/subgraph';
import type { Ports } from '../application/ports.ts';
import type { Prisma, PrismaClient } from './generated/client.ts';
import { prismaMails } from './mail/prisma-mails.ts';
import { prismaAccounts } from './prisma-accounts.ts';
import { prismaSecurityEvents } from './prisma-security-events.ts';
import { prismaSessions } from './prisma-sessions.ts';
import { prismaProfile } from './profile/prisma-profile.ts';
import { prismaSecondFactors } from './second-factor/prisma-second-factors.ts';
import { prismaSellers } from './sellers/prisma-sellers.ts';
import { revokeAccessTokens } from './sellers/revoke-access-tokens.ts';
import { prismaLinkedIdentities } from './sign-in/prisma-linked-identities.ts';
import { prismaSignInAttempts } from './sign-in/prisma-sign-in-attempts.ts';

type Append = (messages: readonly OutgoingMessage[]) => Promise<void>;

const portsOf = (tx: Prisma.TransactionClient, append: Append, mailed: () => void): Ports => ({
  accounts: prismaAccounts(tx),
  sessions: prismaSessions(tx),
  sellers: prismaSellers(tx, append),
  profile: prismaProfile(tx),
  revokeAccessTokens: revokeAccessTokens(append),
  securityEvents: prismaSecurityEvents(tx),
  mails: prismaMails(tx, mailed),
  signInAttempts: prismaSignInAttempts(tx),
  identities: prismaLinkedIdentities(tx),
  secondFactors: prismaSecondFactors(tx),
  now: () => readTransactionTime(tx),
});

/**
 * One database transaction with the repositories bound to it; `appended` is called after each commit that leaves
 * something in the outbox, `mailed` after each that leaves mail.
 */
export const transactWith =
  (prisma: PrismaClient, appended: () => void, mailed: () => void = () => undefined): Transact<Ports> =>
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
      return work(portsOf(tx, append, noteMail), tx);
    });
    if (hasAppended) appended();
    if (hasMailed) mailed();
    return result;
  };
