import type { Seal } from '@emporium/encryption';
import { placeIn } from '@emporium/encryption';
import type { SecondFactors } from '../../application/second-factor/second-factors.ts';
import { sealedSecrets } from '../encryption/sealed-tables.ts';
import type { Prisma } from '../generated/client.ts';

const placeOf = (userId: string): string => placeIn(sealedSecrets, userId);

/** One-time codes and recovery codes, in one transaction. Nothing else reads or writes the secret, which is kept sealed. */
export const prismaSecondFactors = (tx: Prisma.TransactionClient, { seal, open }: Seal): SecondFactors => ({
  find: async (userId) => {
    const row = await tx.secondFactor.findUnique({ where: { userId } });
    if (!row) return null;
    const { confirmedAt, lastStep } = row;
    return { secret: open(row.secret, placeOf(userId)), isOn: confirmedAt !== null, lastStep };
  },
  propose: async (userId, secret) => {
    await tx.$executeRaw`
      INSERT INTO second_factors (user_id, secret) VALUES (${userId}, ${seal(secret, placeOf(userId))})
      ON CONFLICT (user_id) DO UPDATE SET secret = excluded.secret, last_step = 0
      WHERE second_factors.confirmed_at IS NULL`;
  },
  confirm: async (userId, step) => {
    await tx.$executeRaw`
      UPDATE second_factors SET confirmed_at = now(), last_step = ${step} WHERE user_id = ${userId}`;
  },
  remove: async (userId) => {
    await tx.recoveryCode.deleteMany({ where: { userId } });
    await tx.secondFactor.deleteMany({ where: { userId } });
  },
  useStep: async (userId, step) => {
    const used = await tx.$executeRaw`
      UPDATE second_factors SET last_step = ${step}
      WHERE user_id = ${userId} AND confirmed_at IS NOT NULL AND last_step < ${step}`;
    return used === 1;
  },
  replaceRecoveryCodes: async (userId, fingerprints) => {
    await tx.recoveryCode.deleteMany({ where: { userId } });
    await tx.recoveryCode.createMany({
      data: fingerprints.map((fingerprint) => ({ userId, fingerprint })),
    });
  },
  useRecoveryCode: async (userId, fingerprint) => {
    const { count } = await tx.recoveryCode.deleteMany({ where: { userId, fingerprint } });
    return count === 1;
  },
  countRecoveryCodes: (userId) => tx.recoveryCode.count({ where: { userId } }),
});
