import { asId, asInstant } from '@emporium/domain';
import { type TestDatabase, testDatabase } from '@emporium/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OrderQuery } from './application/order-lists.ts';
import { Prisma, type PrismaClient } from './infrastructure/generated/client.ts';
import { statementOf } from './infrastructure/order-lists.ts';
import { openAsOwner } from './infrastructure/rebuild/open-as-owner.ts';
import { storeOrders } from './stored-orders.ts';
import { createTestOrders, type TestOrders } from './test-orders.ts';

let database: TestDatabase;
let orders: TestOrders;
let owner: PrismaClient;

beforeAll(async () => {
  database = await testDatabase('orders');
  orders = createTestOrders(database);
  owner = openAsOwner(database.adminUrl);
});
afterAll(async () => {
  await owner.$disconnect();
  await orders.stop();
});

const regular = asId<'User'>('regular');
const wholesaler = asId<'User'>('wholesaler');
const minutesAgo = (minutes: number) => asInstant(new Date(Date.now() - minutes * 60_000).toISOString());
const gbp = (minor: bigint) => ({ minor, currency: 'GBP' });

const lists: Readonly<Record<string, Omit<OrderQuery, 'sort'>>> = {
  'a buyer’s': { buyerId: regular },
  'a buyer’s in two statuses': { buyerId: regular, statuses: ['FAILED', 'CANCELLED'] },
  'a buyer’s of a time': { buyerId: regular, placed: { from: minutesAgo(900), until: minutesAgo(800) } },
  'a buyer’s by a word': { buyerId: regular, text: { words: ['mug'], number: null } },
  'a seller’s': { receivedBy: wholesaler },
  'a seller’s to be sent': { receivedBy: wholesaler, shipmentStatuses: ['PENDING'] },
  'a seller’s of a time': {
    receivedBy: wholesaler,
    placed: { from: minutesAgo(900), until: minutesAgo(800) },
  },
  'a seller’s by number': { receivedBy: wholesaler, number: 'C4CA-42' },
  'everybody’s': {},
  'everybody’s that wait': { statuses: ['PENDING', 'RESERVED'] },
  'everybody’s that were cancelled': { statuses: ['CANCELLED'] },
  'everybody’s of a time': { placed: { from: minutesAgo(900), until: minutesAgo(800) } },
  'everybody’s by number': { number: 'C4CA-4238-A0B9' },
  'everybody’s with a variant': { variantId: asId('variant 7') },
  'everybody’s in a range': { atLeast: gbp(700n), atMost: gbp(720n) },
  'everybody’s of a seller': { sellerId: wholesaler },
  'everybody’s of a buyer and a seller': { buyerId: asId('buyer 777'), sellerId: wholesaler },
};

type Plan = {
  readonly Plans?: readonly Plan[];
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
};

/** How many rows a plan looks at, those included that it does not take. */
const lookedAt = (plan: Plan): number => {
  const below = (plan.Plans ?? []).reduce((sum, each) => sum + lookedAt(each), 0);
  const dropped = (plan['Rows Removed by Filter'] ?? 0) + (plan['Rows Removed by Index Recheck'] ?? 0);
  const taken = plan.Plans ? 0 : plan['Actual Rows'];
  return below + (taken + dropped) * plan['Actual Loops'];
};

/** How many rows a list's first page looks at, in the direction that looks at more: unlike blocks, no plan of a join changes them. */
const costOf = async (query: Omit<OrderQuery, 'sort'>): Promise<number> => {
  let most = 0;
  for (const sort of ['NEWEST', 'OLDEST'] as const) {
    const statement = statementOf({ ...query, sort }, { limit: 21, after: null });
    const [row] = await orders.prisma.$queryRaw<{ 'QUERY PLAN': [{ Plan: Plan }] }[]>(
      Prisma.sql`EXPLAIN (ANALYZE, FORMAT JSON) ${statement}`,
    );
    if (row) most = Math.max(most, lookedAt(row['QUERY PLAN'][0].Plan));
  }
  return most;
};

const analyze = () => owner.$executeRaw`ANALYZE orders, shipments, order_lines, received_orders`;

describe('the first page of a list', () => {
  it('costs the same however many orders are stored', async () => {
    const costs = async () => {
      const found = new Map<string, number>();
      for (const [name, query] of Object.entries(lists)) found.set(name, await costOf(query));
      return found;
    };
    await storeOrders(orders.prisma, 1, 1000);
    await analyze();
    const few = await costs();
    await storeOrders(orders.prisma, 1001, 40_000);
    await analyze();
    const many = await costs();
    const dearer = [...many].filter(([name, rows]) => rows > (few.get(name) ?? 0) + 1000);
    expect(dearer).toEqual([]);
  });
});
