import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { userDeleted } from '@emporium/contracts';
import { asId } from '@emporium/domain';
import { testDatabase } from '@emporium/testing';
import { type GraphQLSchema, graphql } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OrderLists } from './application/order-lists.ts';
import { exportedLines } from './infrastructure/csv/exported-lines.ts';
import { sendExport } from './infrastructure/csv/send-export.ts';
import { createContext } from './schema/context.ts';
import { createSchema } from './schema/create-schema.ts';
import { storeOrders } from './stored-orders.ts';
import { actor, createTestOrders, type TestOrders, variant, viewer } from './test-orders.ts';

let orders: TestOrders;
let schema: GraphQLSchema;
let server: Server;
const stored = 3000;

beforeAll(async () => {
  orders = createTestOrders(await testDatabase('orders'));
  schema = await createSchema();
  await orders.sell(
    variant('mug', { sellerId: 'potter', minor: 850n }),
    variant('tea', { sellerId: 'grocer' }),
  );
  await storeOrders(orders.prisma, 1, stored);
  server = createServer(sendExport(orders.prisma, orders.lists));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  server.close();
  await orders.stop();
});

const ask = async (who: ReturnType<typeof viewer>, source: string, variableValues = {}) => {
  const contextValue = createContext(orders.app, who);
  const { data, errors } = await graphql({ schema, source, variableValues, contextValue });
  const refused = errors?.map(({ extensions }) => [extensions.code, extensions.field].filter(Boolean));
  // biome-ignore lint/suspicious/noExplicitAny: the tests say what they expect
  return { data: data as any, refused };
};

const request =
  'mutation ($input: OrderExportInput!) { requestOrderExport(input: $input) { url expiresAt } }';
const requestAll =
  'mutation ($from: DateTime, $until: DateTime) { requestAllOrdersExport(placedFrom: $from, placedUntil: $until) { url } }';
const admin = {
  ...viewer('admin', 'ADMIN'),
  session: { id: 's', authenticatedAt: Date.now() / 1000, methods: ['pwd'], hasSecondFactor: false },
};

const fetchFrom = (url: string, method = 'GET') =>
  fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${new URL(url).pathname}`, { method });

/** Without quotes in them, rows are their cells. */
const rowsOf = (text: string) => {
  const [names = '', ...lines] = text.trimEnd().split('\r\n');
  const columns = names.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, at) => [columns[at], cell])));
};

const fileOf = async (who: ReturnType<typeof viewer>, input: object) => {
  const { data } = await ask(who, request, { input });
  const response = await fetchFrom(data.requestOrderExport.url);
  expect(response.headers.get('cache-control')).toBe('no-store');
  return rowsOf(await response.text());
};

describe('a file of orders', () => {
  it('holds what its receiver bought, oldest first, with no cell that is a formula', async () => {
    const rows = await fileOf(viewer('regular'), { kind: 'PURCHASES' });
    expect(rows).toHaveLength(stored / 2);
    expect(rows[0]).toMatchObject({
      title: "'=A rare vase",
      quantity: '1',
      unit_price: '30.00',
      order_total: '30.00',
    });
    expect(rows.at(-1)).toMatchObject({ title: 'A plain mug', unit_price: '0.02', currency: 'GBP' });
    const times = rows.map((row) => row['placed_at']);
    expect(times.toSorted()).toEqual(times);
    expect(Object.keys(rows[0] ?? {})).not.toContain('buyer_id');
  });

  it('holds all that a seller sold, of each order their own part, and where it goes', async () => {
    expect(await fileOf(viewer('wholesaler', 'SELLER'), { kind: 'SALES' })).toHaveLength(stored);
    const { orderId } = await orders.placePaid({ mug: 2, tea: 1 });
    const rows = await fileOf(viewer('potter', 'SELLER'), { kind: 'SALES' });
    expect(rows).toMatchObject([
      { order_id: orderId, title: 'A mug', goods: '17.00', recipient: 'Ada Lovelace', city: 'London' },
    ]);
    expect(Object.keys(rows[0] ?? {})).not.toContain('order_total');
    expect(await fileOf(viewer('eve', 'SELLER'), { kind: 'SALES' })).toEqual([]);
    expect(await fileOf(viewer('potter', 'SELLER'), { kind: 'PURCHASES' })).toEqual([]);
  });

  it('sums to what its seller has of it, whatever was called off or came back', async () => {
    const weaver = viewer('weaver', 'SELLER');
    await orders.sell(
      variant('rug', { sellerId: 'weaver', minor: 2000n }),
      variant('mat', { sellerId: 'weaver', minor: 500n }),
    );
    const by = { id: asId<'User'>('weaver'), isSeller: true, isAdmin: false };
    const rate = { country: 'GB', method: 'STANDARD' as const, currency: 'GBP', minDays: 1, maxDays: 2 };
    const price = { flatMinor: 300n, perItemMinor: 0n, freeFromMinor: null };
    expect(await orders.app.setShippingRate(by, false, { ...rate, ...price })).toMatchObject({ ok: true });
    const place = () => orders.placePaid({ rug: 2, mat: 1 });
    await orders.place({ rug: 1 });
    const [untouched, inPart, whole] = [await place(), await place(), await place()];
    const [{ id: shipmentId = '' } = {}] = await orders.shipmentsOf(inPart.orderId);
    const line = { variantId: asId<'Variant'>('mat'), quantity: 1 };
    expect(await orders.app.cancelLine(actor(inPart.buyerId), inPart.orderId, line, null)).toMatchObject({
      ok: true,
    });
    await orders.app.cancelOrder(actor(whole.buyerId), whole.orderId, null);
    const rows = await fileOf(weaver, { kind: 'SALES' });
    const earned = (orderId: string) =>
      rows
        .filter((row) => row['order_id'] === orderId)
        .map((row) => {
          const minor = (name: string) => Math.round(Number(row[name]) * 100);
          const charged = minor('goods') - minor('discount') + minor('tax');
          return charged + minor('shipping') + minor('shipping_tax') - minor('given_back');
        })
        .reduce((sum, each) => sum + each, 0);
    expect(earned(untouched.orderId)).toBe(4800);
    const stored = await orders.prisma.shipment.findUniqueOrThrow({ where: { id: shipmentId } });
    expect(earned(inPart.orderId)).toBe(Number(stored.amountMinor - stored.backMinor));
    expect(stored.backMinor).toBe(500n);
    expect(earned(whole.orderId)).toBe(0);
    expect(rows).toHaveLength(6);
    expect(rows.filter((row) => row['order_id'] === inPart.orderId)).toMatchObject([
      { title: 'A rug', quantity: '2', cancelled: '0', shipping: '3.00', given_back: '5.00' },
      { title: 'A mat', quantity: '1', cancelled: '1', shipping: '0.00', given_back: '0.00' },
    ]);
    expect(Object.keys(rows[0] ?? {}).slice(-7)).toEqual([
      ...['country', 'cancelled', 'shipped', 'returned', 'shipping', 'shipping_tax', 'given_back'],
    ]);
  });

  it('holds only what was placed in time', async () => {
    const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
    const input = { kind: 'SALES', placedFrom: ago(1000), placedUntil: ago(900) };
    const rows = await fileOf(viewer('wholesaler', 'SELLER'), input);
    expect(rows.length).toBeGreaterThanOrEqual(99);
    expect(rows.length).toBeLessThanOrEqual(101);
  });

  it('holds everybody’s for an administrator who has just proven that it is them', async () => {
    const { data } = await ask(admin, requestAll);
    const rows = rowsOf(await (await fetchFrom(data.requestAllOrdersExport.url)).text());
    expect(rows.length).toBeGreaterThanOrEqual(stored);
    expect(rows[0]).toMatchObject({ buyer_id: 'regular', seller_id: 'wholesaler' });
    expect((await ask(viewer('admin', 'ADMIN'), requestAll)).refused).toEqual([['STEP_UP_REQUIRED']]);
    expect((await ask(viewer('potter', 'SELLER'), requestAll)).refused).toEqual([['FORBIDDEN']]);
    const variables = { from: '2026-02-01T00:00:00Z', until: '2026-01-01T00:00:00Z' };
    expect((await ask(admin, requestAll, variables)).refused).toEqual([['BAD_USER_INPUT', 'placedFrom']]);
  });

  it('is read no faster than it is taken', async () => {
    let asked = 0;
    const lists: OrderLists = {
      ...orders.lists,
      find: (query, page) => {
        asked += 1;
        return orders.lists.find(query, page);
      },
    };
    const placed = { from: null, until: null };
    const lines = exportedLines(orders.prisma, lists, {
      userId: asId<'User'>('regular'),
      kind: 'ALL',
      placed,
    });
    await lines.next();
    await lines.next();
    expect(asked).toBe(1);
    await lines.return(undefined);
  });

  it('is for whoever holds the address, for ten minutes, and for nobody whose account is gone', async () => {
    const urlFor = async (id: string) =>
      (await ask(viewer(id), request, { input: { kind: 'PURCHASES' } })).data.requestOrderExport
        .url as string;
    expect((await fetchFrom(`https://x/order-exports/${'x'.repeat(43)}`)).status).toBe(404);
    expect((await fetchFrom(await urlFor('regular'), 'POST')).status).toBe(405);
    const gone = await urlFor('gone soon');
    expect((await fetchFrom(gone)).status).toBe(200);
    await orders.hear(userDeleted, { userId: asId<'User'>('gone soon') });
    expect((await fetchFrom(gone)).status).toBe(404);
    const old = await urlFor('regular');
    await orders.prisma.$executeRaw`UPDATE order_exports SET expires_at = now() WHERE user_id = 'regular'`;
    expect((await fetchFrom(old)).status).toBe(404);
    const kept = await orders.prisma.orderExport.findMany({ where: { userId: 'regular' } });
    expect(kept.map(({ fingerprint }) => old.includes(fingerprint))).not.toContain(true);
  });

  it('is refused to who is not signed in, and to SUPPORT', async () => {
    const input = { kind: 'PURCHASES' };
    expect((await ask(viewer(null), request, { input })).refused).toEqual([['UNAUTHENTICATED']]);
    expect((await ask(viewer('sue', 'SUPPORT'), request, { input })).refused).toEqual([['FORBIDDEN']]);
  });
});
