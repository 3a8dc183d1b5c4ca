import { asId } from '@emporium/domain';
import { newSeal } from '@emporium/encryption/testing';
import { postgresAdapter } from '@emporium/subgraph';
import { testDatabase } from '@emporium/testing';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Ports } from '../../application/ports.ts';
import { normaliseEmail } from '../../domain/email.ts';
import { PrismaClient } from '../generated/client.ts';
import { transactWith } from '../prisma-ports.ts';

let prisma: PrismaClient;
beforeAll(async () => {
  prisma = new PrismaClient({ adapter: postgresAdapter((await testDatabase('users')).url, 'users', 5) });
});
afterAll(() => prisma.$disconnect());

const seal = newSeal();
const transact = <T>(work: (ports: Ports) => Promise<T>) =>
  transactWith(prisma, seal, () => undefined)(work);
const fingerprint = 'ab'.repeat(32);

/** An account with codes on since step 10, and one recovery code. */
const somebody = async () => {
  const id = asId<'User'>(newId());
  const email = normaliseEmail(`${id}@example.org`);
  await transact(async ({ accounts, secondFactors }) => {
    await accounts.add({ id, email, name: 'Ada', roles: ['BUYER'], passwordHash: '$argon2id$' });
    await secondFactors.propose(id, 'SECRET');
    await secondFactors.confirm(id, 10);
    await secondFactors.replaceRecoveryCodes(id, [fingerprint]);
  });
  return id;
};

/** How many of several transactions at once, none of which holds the account, get to use it. */
const wins = async (use: (ports: Ports) => Promise<boolean>): Promise<number> => {
  const outcomes = await Promise.all(Array.from({ length: 5 }, () => transact(use)));
  return outcomes.filter(Boolean).length;
};

it('a time step is used once, even without anybody holding the account', async () => {
  const id = await somebody();
  expect(await wins(({ secondFactors }) => secondFactors.useStep(id, 10))).toBe(0);
  expect(await wins(({ secondFactors }) => secondFactors.useStep(id, 11))).toBe(1);
  expect(await wins(({ secondFactors }) => secondFactors.useStep(id, 11))).toBe(0);
});

it('a recovery code is used once, even without anybody holding the account', async () => {
  const id = await somebody();
  expect(await wins(({ secondFactors }) => secondFactors.useRecoveryCode(id, fingerprint))).toBe(1);
  expect(await wins(({ secondFactors }) => secondFactors.useRecoveryCode(id, fingerprint))).toBe(0);
});

it('a secret that is on is not replaced by a proposal', async () => {
  const id = await somebody();
  await transact(({ secondFactors }) => secondFactors.propose(id, 'OTHER'));
  const factor = await transact(({ secondFactors }) => secondFactors.find(id));
  expect(factor).toEqual({ secret: 'SECRET', isOn: true, lastStep: 10 });
});

it('keeps the secret sealed, for its own row', async () => {
  const [id, other] = [await somebody(), await somebody()];
  expect((await transact(({ secondFactors }) => secondFactors.find(id)))?.secret).toBe('SECRET');
  const row = await prisma.secondFactor.findUniqueOrThrow({ where: { userId: id } });
  expect(row.secret).not.toContain('SECRET');
  await prisma.secondFactor.update({ where: { userId: other }, data: { secret: row.secret } });
  await expect(transact(({ secondFactors }) => secondFactors.find(other))).rejects.toThrow();
});
