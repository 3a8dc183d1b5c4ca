import { asId, asInstant } from '@emporium/domain';
import { v7 as newId } from 'uuid';
import type { LinkedIdentities, LinkedIdentity } from '../../application/sign-in/ports.ts';
import type { Email } from '../../domain/email.ts';
import type { Prisma } from '../generated/client.ts';

type IdentityRow = {
  readonly id: string;
  readonly provider: string;
  readonly linkedAt: Date;
  readonly lastUsedAt: Date;
};

const columns = { id: true, provider: true, linkedAt: true, lastUsedAt: true } as const;

const toIdentity = ({ id, provider, linkedAt, lastUsedAt }: IdentityRow): LinkedIdentity => ({
  id,
  provider,
  linkedAt: asInstant(linkedAt.toISOString()),
  lastUsedAt: asInstant(lastUsedAt.toISOString()),
});

/** Identities at OpenID providers, in one transaction. */
export const prismaLinkedIdentities = (tx: Prisma.TransactionClient): LinkedIdentities => ({
  lock: async ({ issuer, subject }) => {
    // There may be no row to lock yet.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`identity ${issuer} ${subject}`}, 0))`;
    const row = await tx.linkedIdentity.findUnique({ where: { issuer_subject: { issuer, subject } } });
    return row && asId<'User'>(row.userId);
  },
  emailOf: async ({ issuer, subject, verifiedEmail }) => {
    const row = await tx.linkedIdentity.findUnique({
      where: { issuer_subject: { issuer, subject } },
      select: { user: { select: { email: true } } },
    });
    return (row?.user.email as Email | undefined) ?? verifiedEmail;
  },
  open: async ({ id, email, name, roles }) => {
    // The unique index decides between two at once, and without an error that would end the transaction.
    const count = await tx.$executeRaw`
      INSERT INTO users (id, email, name, roles)
      VALUES (${id}, ${email}, ${name}, ${[...roles]}) ON CONFLICT DO NOTHING`;
    return count === 1;
  },
  add: async ({ userId, provider, identity: { issuer, subject } }) =>
    toIdentity(
      await tx.linkedIdentity.create({
        data: { id: newId(), userId, provider, issuer, subject },
        select: columns,
      }),
    ),
  noteUse: async ({ issuer, subject }) => {
    await tx.$executeRaw`
      UPDATE linked_identities SET last_used_at = now() WHERE issuer = ${issuer} AND subject = ${subject}`;
  },
  of: async (userId) => {
    const rows = await tx.linkedIdentity.findMany({
      where: { userId },
      orderBy: [{ linkedAt: 'asc' }, { id: 'asc' }],
      select: columns,
    });
    return rows.map(toIdentity);
  },
  remove: async (id) => {
    await tx.linkedIdentity.delete({ where: { id } });
  },
});
