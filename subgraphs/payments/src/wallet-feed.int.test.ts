/** What comes into a wallet and goes out is told live: none missed, none twice, in order, whatever commits when. */
import { orderDelivered, paymentCaptured, paymentRequested } from '@emporium/contracts';
import { asId } from '@emporium/domain';
import { anonymous, type Viewer } from '@emporium/subgraph';
import { eventually, testDatabase } from '@emporium/testing';
import { type ExecutionResult, parse, subscribe } from 'graphql';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WalletPlace } from './application/follow-wallet.ts';
import type { UserId } from './application/ports.ts';
import { topUp } from './domain/journal.ts';
import { createContext } from './schema/context.ts';
import { createSchema } from './schema/create-schema.ts';
import { anOrder, openPayments, type TestPayments } from './test-payments.ts';
import { createTestProvider } from './test-provider.ts';

let payments: TestPayments;

beforeAll(async () => {
  payments = openPayments((await testDatabase('payments')).url, createTestProvider().provider);
  payments.startWork();
});
afterAll(async () => {
  await payments.stop();
  expect(payments.failures).toEqual([]);
});

const someone = () => asId<'User'>(newId());
const gbp = (minor: bigint) => ({ minor, currency: 'GBP' });
const paidIn = (userId: UserId, minor: bigint) => topUp(userId, asId(newId()), gbp(minor));
const book = (userId: UserId, minor: bigint) =>
  payments.transact(({ ledger }) => ledger.post(paidIn(userId, minor)));

/** Follows a wallet until so many entries were told. */
const follow = async (userId: UserId, after: WalletPlace | null, count: number) => {
  const seen: { place: WalletPlace; minor: bigint | null }[] = [];
  for await (const { place, entry } of payments.app.followWallet(userId, after)) {
    seen.push({ place, minor: entry?.amount.minor ?? null });
    if (seen.filter(({ minor }) => minor !== null).length === count) break;
  }
  return seen;
};

describe('the live feed of a wallet', () => {
  it('says first where it stands, then what comes, to many at once', async () => {
    const userId = someone();
    await book(userId, 1n);
    const begun: Promise<unknown>[] = [];
    const followers = Array.from({ length: 5 }, () => {
      const items = payments.app.followWallet(userId, null);
      begun.push(items.next());
      return items;
    });
    expect(await Promise.all(begun)).toMatchObject(
      Array.from({ length: 5 }, () => ({ value: { entry: null } })),
    );
    for (const minor of [2n, 3n, 4n]) await book(userId, minor);
    for (const items of followers) {
      const seen = [];
      for (let index = 0; index < 3; index += 1) seen.push((await items.next()).value.entry.amount.minor);
      expect(seen).toEqual([2n, 3n, 4n]);
      await items.return?.();
    }
  });

  it('goes on after any entry', async () => {
    const userId = someone();
    for (const minor of [1n, 2n, 3n, 4n]) await book(userId, minor);
    const all = await follow(userId, { transaction: 0n, position: 0n }, 4);
    expect(all.map(({ minor }) => minor)).toEqual([1n, 2n, 3n, 4n]);
    for (const [index, { place }] of all.slice(0, 3).entries())
      expect(await follow(userId, place, 3 - index)).toEqual(all.slice(index + 1));
  });

  it('waits for who began earlier and commits later, and misses neither', async () => {
    const userId = someone();
    // Who makes an account is waited for; who only pays into it is not.
    await book(userId, 9n);
    const items = payments.app.followWallet(userId, null);
    await items.next();
    let commit = (): void => undefined;
    const committed = new Promise<void>((resolve) => {
      commit = resolve;
    });
    let booked = (): void => undefined;
    const isBooked = new Promise<void>((resolve) => {
      booked = resolve;
    });
    const slow = payments.transact(async ({ ledger }) => {
      await ledger.post(paidIn(userId, 1n));
      booked();
      await committed;
    });
    await isBooked;
    await book(userId, 2n);
    let told = false;
    const first = items.next().then((item) => {
      told = true;
      return item;
    });
    const [wallets] = await payments.app.findWallets([userId], { id: userId, roles: [], address: null });
    expect(wallets).toMatchObject([{ balance: { minor: 11n } }]);
    expect(told).toBe(false);
    commit();
    await slow;
    expect((await first).value.entry.amount.minor).toBe(1n);
    expect((await items.next()).value.entry.amount.minor).toBe(2n);
    await items.return?.();
  });

  it('misses none when many are booked at once', async () => {
    const userId = someone();
    const told = follow(userId, { transaction: 0n, position: 0n }, 40);
    await Promise.all(Array.from({ length: 40 }, (_, index) => book(userId, BigInt(index + 1))));
    const seen = (await told).flatMap(({ minor }) => minor ?? []);
    expect(seen.toSorted((one, other) => Number(one - other))).toEqual(
      Array.from({ length: 40 }, (_, index) => BigInt(index + 1)),
    );
  });

  it('is woken by news of an order, whoever handled it', async () => {
    const order = anOrder();
    const { shipmentId, sellerId } = order.shipments[0] ?? {};
    if (!shipmentId || !sellerId) throw new Error('an order has shipments');
    await payments.hear(paymentRequested, order);
    await eventually(async () => {
      const { orderId } = order;
      const { status } = await payments.prisma.payment.findUniqueOrThrow({ where: { orderId } });
      expect(status).toBe('CAPTURED');
    });
    await payments.hear(orderDelivered, { orderId: order.orderId, shipmentId });
    let woken = 0;
    const stop = payments.wakes.on(sellerId, () => {
      woken += 1;
    });
    const envelope = { payload: { orderId: order.orderId } };
    await payments.wakes.heard({ subject: paymentCaptured.subject, envelope });
    stop();
    expect(woken).toBe(1);
  });
});

describe('walletChanged', () => {
  const source = `subscription ($after: String) { walletChanged(afterSequence: $after) {
    sequence kind amount { amount } message order { id } entry { gross { amount } commission { amount } }
    wallet { balance { amount } pending { amount } } } }`;
  const begin = async (viewer: Viewer, variableValues: Record<string, unknown> = {}) => {
    const schema = await createSchema();
    const contextValue = createContext(payments.app, viewer);
    return (await subscribe({
      ...{ schema, document: parse(source), variableValues, contextValue },
    })) as AsyncIterableIterator<ExecutionResult> & ExecutionResult;
  };
  const changeIn = ({ value }: IteratorResult<ExecutionResult>) =>
    JSON.parse(JSON.stringify(value.data)).walletChanged;

  it('tells a seller what was released, less commission', async () => {
    const order = anOrder();
    const { shipmentId, sellerId } = order.shipments[0] ?? {};
    if (!shipmentId || !sellerId) throw new Error('an order has shipments');
    const rate = { sellerId, currency: null, basisPoints: 1000, validFrom: null };
    await payments.app.setCommissionRate(rate, someone());
    await payments.hear(paymentRequested, order);
    await eventually(async () => {
      const { orderId } = order;
      const { status } = await payments.prisma.payment.findUniqueOrThrow({ where: { orderId } });
      expect(status).toBe('CAPTURED');
    });
    const events = await begin({ id: sellerId, roles: ['SELLER'], address: null });
    const first = changeIn(await events.next());
    expect(first).toMatchObject({ kind: null, message: null, wallet: { pending: { amount: '7.00' } } });
    await payments.hear(orderDelivered, { orderId: order.orderId, shipmentId });
    expect(changeIn(await events.next())).toMatchObject({
      ...{ kind: 'SALE', amount: { amount: '6.30' }, order: { id: order.orderId } },
      message: `Funds released: £6.30 from order ${order.orderId}`,
      entry: { gross: { amount: '7.00' }, commission: { amount: '0.70' } },
    });
    await events.return?.();
    const again = await begin(
      { id: sellerId, roles: ['SELLER'], address: null },
      { after: first.sequence },
    );
    expect(changeIn(await again.next())).toMatchObject({
      kind: 'SALE',
      wallet: { balance: { amount: '6.30' }, pending: { amount: '0.00' } },
    });
    await again.return?.();
  });

  it('is for whoever is signed in, and goes on from a sequence alone', async () => {
    expect((await begin(anonymous)).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    for (const after of ['', '7', '-1-1', '1-1-1', '9'.repeat(19), `1-${'9'.repeat(19)}`]) {
      const { errors } = await begin({ id: someone(), roles: [], address: null }, { after });
      expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    }
  });
});
