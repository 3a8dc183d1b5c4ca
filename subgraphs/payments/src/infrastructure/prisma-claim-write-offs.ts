import { asId, asInstant } from '@emporium/domain';
import type { ClaimWriteOff, ClaimWriteOffs } from '../application/ports.ts';
import type { Prisma, ClaimWriteOff as Row } from './generated/client.ts';
import { takeTurns } from './turn.ts';

/** What administrators gave up of what users owe, in one transaction. */
export const prismaClaimWriteOffs = (
  tx: Pick<Prisma.TransactionClient, 'claimWriteOff' | '$executeRaw'>,
): ClaimWriteOffs => ({
  findByKey: async (writtenOffBy, idempotencyKey) => {
    await takeTurns(tx, [`claim-write-off:${writtenOffBy}:${idempotencyKey}`]);
    const where = { writtenOffBy_idempotencyKey: { writtenOffBy, idempotencyKey } };
    const row = await tx.claimWriteOff.findUnique({ where });
    return row && writeOffOf(row);
  },
  add: async ({ amount: { minor, currency }, by, ...columns }) => {
    const data = { ...columns, currency, amount: minor, writtenOffBy: by };
    return writeOffOf(await tx.claimWriteOff.create({ data }));
  },
});

const writeOffOf = ({ id, userId, currency, amount, ...row }: Row): ClaimWriteOff => ({
  id: asId(id),
  userId: asId(userId),
  amount: { minor: amount, currency },
  reason: row.reason,
  by: asId(row.writtenOffBy),
  idempotencyKey: row.idempotencyKey,
  at: asInstant(row.at.toISOString()),
});
