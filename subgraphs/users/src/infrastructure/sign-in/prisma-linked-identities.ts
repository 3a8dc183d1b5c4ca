import { asId, asInstant } from '@emporium/domain';
import { v7 as newId } from 'uuid';
import type { LinkedIdentities, LinkedIdentity } from '../../application/sign-in/ports.ts';
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
    return row?.user.email ?? verifiedEmail;
  },
  lockAccountOf: async (email) => {
    const [row] = await tx.$queryRaw<{ id: string; is_verified: boolean }[]>`
      SELECT id, email_verified_at IS NOT NULL AS is_verified FROM users WHERE email = ${email} FOR UPDATE`;
    return row ? { userId: asId<'User'>(row.id), isVerified: row.is_verified } : null;
  },
  isVerified: async (id) => (await tx.user.count({ where: { id, emailVerifiedAt: { not: null } } })) === 1,
  open: async ({ id, email, name, roles }) => {
    // The unique index decides between two at once, and without an error that would end the transaction.
    const count = await tx.$executeRaw`
      INSERT INTO users (id, email, name, roles, email_verified_at)
      VALUES (${id}, ${email}, ${name}, ${[...roles]}, now()) ON CONFLICT DO NOTHING`;
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
  noteEmailProved: async (userId) => {
    await tx.$executeRaw`
      UPDATE users SET email_verified_at = now() WHERE id = ${userId} AND email_verified_at IS NULL`;
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
  hasPassword: async (userId) => (await tx.credential.count({ where: { userId } })) === 1,
});
