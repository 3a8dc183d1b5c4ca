import { newSeal } from '@emporium/encryption/testing';
import { postgresAdapter } from '@emporium/subgraph';
import { testDatabase } from '@emporium/testing';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PrismaClient } from './generated/client.ts';
import { transactWith } from './prisma-ports.ts';

let prisma: PrismaClient;
beforeAll(async () => {
  prisma = new PrismaClient({ adapter: postgresAdapter((await testDatabase('users')).url, 'users', 2) });
});
afterAll(() => prisma.$disconnect());

const record = async (userId: string) => {
  const origin = { address: '203.0.113.1', device: 'Firefox' };
  await transactWith(
    prisma,
    newSeal(),
    () => undefined,
  )(({ securityEvents }) =>
    securityEvents.record({ kind: 'LOGGED_IN', userId, origin, detail: { attempts: 3 } }),
  );
};
const found = (userId: string) => prisma.securityEvent.findMany({ where: { userId } });

it('is written as it was told', async () => {
  const userId = newId();
  await record(userId);
  expect(await found(userId)).toMatchObject([
    { kind: 'LOGGED_IN', address: '203.0.113.1', device: 'Firefox', detail: { attempts: 3 } },
  ]);
});

it('cannot be changed or taken back by the service', async () => {
  const userId = newId();
  await record(userId);
  const where = { userId };
  await expect(prisma.securityEvent.updateMany({ where, data: { kind: 'OTHER' } })).rejects.toThrow();
  await expect(prisma.securityEvent.deleteMany({ where })).rejects.toThrow();
  expect(await found(userId)).toMatchObject([{ kind: 'LOGGED_IN' }]);
});

it('can forget where from, and of one user alone', async () => {
  const [gone, other] = [newId(), newId()];
  await record(gone);
  await record(other);
  await prisma.$queryRaw`SELECT forget_origins(${gone})::text`;
  expect(await found(gone)).toMatchObject([{ kind: 'LOGGED_IN', address: null, device: null }]);
  expect(await found(other)).toMatchObject([{ address: '203.0.113.1' }]);
});
