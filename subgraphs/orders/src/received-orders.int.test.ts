import { orderConfirmed, paymentCaptured, stockReserved } from '@emporium/contracts';
import { asId, asInstant } from '@emporium/domain';
import { outgoing } from '@emporium/messaging';
import { eventually, testDatabase } from '@emporium/testing';
import { type ExecutionResult, type GraphQLSchema, parse, subscribe } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UserId } from './application/ports.ts';
import { createContext } from './schema/context.ts';
import { createSchema } from './schema/create-schema.ts';
import { createTestOrders, type TestOrders, variant, viewer } from './test-orders.ts';

let orders: TestOrders;
let schema: GraphQLSchema;

beforeAll(async () => {
  orders = createTestOrders(await testDatabase('orders'));
  schema = await createSchema();
});
afterAll(() => orders.stop());

/** Sellers of a test’s own, each of one thing. */
const sellers = async (name: string) => {
  const [first, second] = [`${name} 1`, `${name} 2`];
  await orders.sell(variant(`${name} a`, { sellerId: first }), variant(`${name} b`, { sellerId: second }));
  return { first: asId<'User'>(first), second: asId<'User'>(second), a: `${name} a`, b: `${name} b` };
};

const take = async (sellerId: UserId, after: number | null, count: number) => {
  const seen: [number, string | null][] = [];
  if (count === 0) return seen;
  for await (const { sequence, orderId } of orders.app.followReceived(sellerId, after)) {
    seen.push([sequence, orderId]);
    if (seen.length === count) break;
  }
  return seen;
};

describe('the orders that a seller receives', () => {
  it('are told once they are confirmed, to each of their sellers', async () => {
    const { first, second, a, b } = await sellers('told');
    const unpaid = await orders.place({ [a]: 1 });
    const both = await orders.placePaid({ [a]: 1, [b]: 1 });
    const one = await orders.placePaid({ [a]: 1 });
    expect(await take(first, 0, 2)).toEqual([
      [1, both.orderId],
      [2, one.orderId],
    ]);
    expect(await take(second, 0, 1)).toEqual([[1, both.orderId]]);
    await orders.hear(stockReserved, { orderId: unpaid.orderId });
    expect(await take(first, null, 1)).toEqual([[2, null]]);
    // Heard twice, received once.
    const { orderId, total } = one;
    await orders.hear(paymentCaptured, { orderId, paymentId: orders.paymentOf(orderId), amount: total });
    expect(await take(first, null, 1)).toEqual([[2, null]]);
  });

  it('come from now on, live, when nothing else is asked for', async () => {
    const { first, a } = await sellers('live');
    await orders.placePaid({ [a]: 1 });
    const stream = orders.app.followReceived(first, null);
    expect((await stream.next()).value).toEqual({ sequence: 1, orderId: null, at: null });
    const waiting = stream.next();
    const { orderId } = await orders.placePaid({ [a]: 1 });
    const { envelope } = outgoing(
      orderConfirmed,
      { orderId },
      {
        ...{ aggregateId: orderId, occurredAt: asInstant('2026-01-02T03:04:05.678Z') },
      },
    );
    await orders.sellerWakes.heard({ subject: orderConfirmed.subject, envelope });
    expect((await waiting).value).toMatchObject({ sequence: 2, orderId });
    await stream.return?.();
    expect((await stream.next()).done).toBe(true);
  });

  it('go on after any of them, none missed and none twice, also those that came in a crowd', async () => {
    const { first, a } = await sellers('crowd');
    const crowd = 12;
    const placed = await Promise.all(Array.from({ length: crowd }, () => orders.place({ [a]: 1 })));
    for (const { orderId } of placed) await orders.hear(stockReserved, { orderId });
    const watching = take(first, 0, crowd);
    await Promise.all(
      placed.map(async ({ orderId, total }) => {
        await orders.hear(paymentCaptured, {
          orderId,
          paymentId: orders.paymentOf(orderId),
          amount: total,
        });
        orders.sellerWakes.all();
      }),
    );
    const seen = await watching;
    expect(seen.map(([sequence]) => sequence)).toEqual(
      Array.from({ length: crowd }, (_, index) => index + 1),
    );
    expect(seen.map(([, id]) => id).toSorted()).toEqual(placed.map(({ orderId }) => orderId).toSorted());
    for (const after of [0, 5, crowd - 1])
      expect(await take(first, after, crowd - after)).toEqual(seen.slice(after));
    expect(orders.failures).toEqual([]);
  });

  it('keep their number until the transaction that took it has ended', async () => {
    const { first, a } = await sellers('held');
    const [slow, fast] = [await orders.place({ [a]: 1 }), await orders.place({ [a]: 1 })];
    for (const { orderId } of [slow, fast]) await orders.hear(stockReserved, { orderId });
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let taken = () => {};
    const isTaken = new Promise<void>((resolve) => {
      taken = resolve;
    });
    const holding = orders.prisma.$transaction(async (tx) => {
      await tx.$executeRaw`INSERT INTO received_counts VALUES (${first}, 1)`;
      await tx.$executeRaw`INSERT INTO received_orders VALUES (${first}, 1, ${slow.orderId}, now())`;
      taken();
      await held;
    });
    await isTaken;
    const { orderId, total } = fast;
    const second = orders.hear(paymentCaptured, {
      orderId,
      paymentId: orders.paymentOf(orderId),
      amount: total,
    });
    await eventually(async () => {
      const [row] = await orders.auditor.$queryRaw<{ waiting: boolean }[]>`
        SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted) AS waiting`;
      expect(row?.waiting).toBe(true);
    });
    expect(await orders.prisma.receivedOrder.count({ where: { sellerId: first } })).toBe(0);
    release();
    await Promise.all([holding, second]);
    expect(await take(first, 0, 2)).toEqual([
      [1, slow.orderId],
      [2, fast.orderId],
    ]);
  });
});

describe('the subscription', () => {
  const document = parse(`subscription ($after: Int) {
    orderReceived(afterSequence: $after) { sequence confirmedAt order { id lines { title } } }
  }`);
  const open = (who: ReturnType<typeof viewer>, after: number | null = null) =>
    subscribe({
      schema,
      document,
      variableValues: { after },
      contextValue: createContext(orders.app, who),
    });

  it('shows the seller their own part, and a stranger nothing', async () => {
    const { first, a, b } = await sellers('shown');
    const { orderId } = await orders.placePaid({ [a]: 1, [b]: 1 });
    const stream = (await open(viewer(first, 'SELLER'), 0)) as AsyncGenerator<ExecutionResult>;
    expect((await stream.next()).value).toMatchObject({
      data: { orderReceived: { sequence: 1, order: { id: orderId, lines: [{ title: `A ${a}` }] } } },
    });
    await stream.return(undefined);
    const strangers = (await open(viewer('stranger', 'SELLER'))) as AsyncGenerator<ExecutionResult>;
    expect((await strangers.next()).value).toEqual({
      data: { orderReceived: { sequence: 0, confirmedAt: null, order: null } },
    });
    await strangers.return(undefined);
  });

  it('shows no order that its follower may not see, whatever the list says', async () => {
    const { a } = await sellers('hidden');
    const { orderId } = await orders.placePaid({ [a]: 1 });
    await orders.prisma.$executeRaw`INSERT INTO received_orders VALUES ('eve', 1, ${orderId}, now())`;
    const stream = (await open(viewer('eve', 'SELLER'), 0)) as AsyncGenerator<ExecutionResult>;
    expect((await stream.next()).value).toMatchObject({
      data: { orderReceived: { sequence: 1, order: null } },
    });
    await stream.return(undefined);
  });

  it('is refused to who is not signed in, and for a sequence that was never given', async () => {
    const codeOf = (result: unknown) =>
      (result as ExecutionResult).errors?.map(({ extensions }) => extensions.code);
    expect(codeOf(await open(viewer(null)))).toEqual(['UNAUTHENTICATED']);
    expect(codeOf(await open(viewer('potter'), -1))).toEqual(['BAD_USER_INPUT']);
    expect(codeOf(await open(viewer('potter'), 1))).toEqual(['BAD_USER_INPUT']);
    const { first, a } = await sellers('sequence');
    await orders.placePaid({ [a]: 1 });
    expect(codeOf(await open(viewer(first), 2))).toEqual(['BAD_USER_INPUT']);
    const stream = (await open(viewer(first), 1)) as AsyncGenerator<ExecutionResult>;
    await stream.return(undefined);
  });
});
