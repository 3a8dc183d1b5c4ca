import { isOverload, postgresAdapter } from '@emporium/subgraph';
import { testDatabase } from '@emporium/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PrismaClient } from './generated/client.ts';

let prisma: PrismaClient;
beforeAll(async () => {
  const { url } = await testDatabase('inventory');
  prisma = new PrismaClient({ adapter: postgresAdapter(url, 'inventory', 1) });
});
afterAll(() => prisma.$disconnect());

const keep = (id: string) => ({ data: { id, active: true, version: 1 } });

describe('a transaction', () => {
  it('without a connection in time is told from a bug, and leaves nothing behind', async () => {
    let late: Promise<unknown> = Promise.resolve();
    await prisma.$transaction(async (tx) => {
      late = prisma.$transaction((other) => other.seller.create(keep('late')), { maxWait: 20 });
      expect(await late.catch((error: unknown) => error)).toSatisfy(isOverload);
      await tx.seller.create(keep('first'));
    });
    await prisma.$transaction((tx) => tx.seller.create(keep('next')));
    const kept = await prisma.seller.findMany({ orderBy: { id: 'asc' } });
    expect(kept.map(({ id }) => id)).toEqual(['first', 'next']);
  });

  it('that takes too long is undone, and told likewise', async () => {
    const slow = prisma.$transaction(
      async (tx) => {
        await tx.seller.create(keep('slow'));
        await tx.$queryRaw`SELECT pg_sleep(0.1)::text`;
        await tx.seller.create(keep('slower'));
      },
      { timeout: 30 },
    );
    expect(await slow.catch((error: unknown) => error)).toSatisfy(isOverload);
    expect(await prisma.seller.count({ where: { id: { in: ['slow', 'slower'] } } })).toBe(0);
  });

  it('that fails for another reason is not told so', async () => {
    const doubled = prisma.$transaction(async (tx) => {
      await tx.seller.create(keep('double'));
      await tx.seller.create(keep('double'));
    });
    expect(await doubled.catch((error: unknown) => error)).not.toSatisfy(isOverload);
  });
});
