import { asId } from '@emporium/domain';
import { networkOf } from '@emporium/subgraph';
import type { OneTimeTokens } from '../../application/accounts/account-ports.ts';
import { type OneTimeToken, tokenSeconds } from '../../domain/accounts/one-time-token.ts';
import type { Email } from '../../domain/email.ts';
import type { Prisma } from '../generated/client.ts';

type Row = { user_id: string; email: string };

const toToken = ([row]: Row[]): OneTimeToken | null =>
  row ? { userId: asId<'User'>(row.user_id), email: row.email as Email } : null;

/** One-time tokens, in one transaction; a user has one row for each purpose and network that asked, and times are the database's. */
export const prismaOneTimeTokens = (tx: Prisma.TransactionClient): OneTimeTokens => ({
  issue: async ({ userId, purpose, fingerprint, email, askedFrom }) => {
    const network = askedFrom === null ? '' : networkOf(askedFrom);
    await tx.$executeRaw`
      WITH expired AS (
        DELETE FROM one_time_tokens
        WHERE user_id = ${userId} AND purpose = ${purpose} AND network <> ${network} AND expires_at <= now())
      INSERT INTO one_time_tokens (user_id, purpose, network, fingerprint, email, expires_at)
      SELECT id, ${purpose}, ${network}, ${fingerprint}, ${email}, now() + make_interval(secs => ${tokenSeconds[purpose]})
      FROM users WHERE id = ${userId}
      ON CONFLICT (user_id, purpose, network) DO UPDATE
      SET fingerprint = excluded.fingerprint, email = excluded.email, expires_at = excluded.expires_at, used_at = NULL`;
  },
  find: async (fingerprint, purpose) =>
    toToken(
      await tx.$queryRaw<Row[]>`
        SELECT user_id, email FROM one_time_tokens
        WHERE fingerprint = ${fingerprint} AND purpose = ${purpose} AND used_at IS NULL AND expires_at > now()`,
    ),
  use: async (fingerprint, purpose) =>
    toToken(
      await tx.$queryRaw<Row[]>`
        UPDATE one_time_tokens SET used_at = now()
        WHERE fingerprint = ${fingerprint} AND purpose = ${purpose} AND used_at IS NULL AND expires_at > now()
        RETURNING user_id, email`,
    ),
  endAllOf: async (userId) => {
    await tx.$executeRaw`DELETE FROM one_time_tokens WHERE user_id = ${userId}`;
  },
});
