/** Returns as clients see them: who gets to see one, what is refused, and what is not even asked. */
import { asId } from '@emporium/domain';
import { testDatabase } from '@emporium/testing';
import { type GraphQLSchema, graphql } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createContext } from './schema/context.ts';
import { createSchema } from './schema/create-schema.ts';
import { actor, createTestOrders, type TestOrders, variant, viewer } from './test-orders.ts';

let orders: TestOrders;
let schema: GraphQLSchema;

beforeAll(async () => {
  orders = createTestOrders(await testDatabase('orders'));
  schema = await createSchema();
  await orders.sell(variant('mug', { sellerId: 'potter', minor: 850n }));
});
afterAll(() => orders.stop());

const ask = async (
  who: ReturnType<typeof viewer>,
  source: string,
  variableValues: Record<string, unknown> = {},
) => {
  const contextValue = createContext(orders.app, who);
  const { data, errors } = await graphql({ schema, source, variableValues, contextValue });
  // biome-ignore lint/suspicious/noExplicitAny: the tests say what they expect
  return { data: data as any, errors: errors?.map(({ extensions }) => extensions) };
};

const arrived = async () => {
  const placed = await orders.placePaid({ mug: 2 });
  const [shipment] = await orders.shipmentsOf(placed.orderId);
  const shipmentId = asId<'Shipment'>(shipment?.id ?? '');
  const parcel = { shipmentId, carrier: 'Royal Mail', trackingNumber: 'RM-0001' };
  await orders.app.shipShipment(actor('potter'), parcel);
  await orders.app.confirmDelivery(actor(placed.buyerId), shipmentId);
  return { ...placed, shipmentId, buyer: viewer(placed.buyerId, 'BUYER') };
};
const potter = viewer('potter', 'SELLER');

const request = `mutation ($input: RequestReturnInput!) {
  requestReturn(input: $input) {
    __typename ... on Return { id status comment returned: lines { quantity variant { id } } }
    ... on RequestReturnRefusal { code field message }
  }
}`;
const receive = `mutation ($input: ReceiveReturnInput!) {
  receiveReturn(input: $input) {
    __typename ... on Return { status refund { amount } sellerComment } ... on ReturnRefusal { code field }
  }
}`;
const inputFor = (shipmentId: string, changed: object = {}) => ({
  input: {
    ...{ shipmentId, idempotencyKey: 'key', reason: 'DAMAGED', comment: ' Cracked ' },
    lines: [{ variantId: 'mug', quantity: 1 }],
    ...changed,
  },
});

describe('a return', () => {
  it('is seen by its buyer, its seller, SUPPORT and ADMIN, by each way to it', async () => {
    const { orderId, shipmentId, buyer } = await arrived();
    const { data } = await ask(buyer, request, inputFor(shipmentId));
    expect(data.requestReturn).toMatchObject({ status: 'REQUESTED', comment: 'Cracked' });
    const { id } = data.requestReturn;
    const see = `query ($id: ID!, $orderId: ID!) {
      return(id: $id) { id order { id } seller { id } }
      order(id: $orderId) { returns { id } shipments { returns { id } returnableUntil } }
    }`;
    for (const who of [buyer, potter, viewer('sue', 'SUPPORT'), viewer('root', 'ADMIN')]) {
      const { data: seen } = await ask(who, see, { id, orderId });
      expect(seen.return).toEqual({ id, order: { id: orderId }, seller: { id: 'potter' } });
      const [shipment] = seen.order.shipments;
      expect([seen.order.returns, shipment.returns]).toEqual([[{ id }], [{ id }]]);
      expect(Date.parse(shipment.returnableUntil) - Date.now()).toBeGreaterThan(29 * 86_400_000);
    }
    expect((await ask(viewer('eve', 'BUYER'), see, { id, orderId })).data).toEqual({
      return: null,
      order: null,
    });
    expect((await ask(viewer(null), see, { id, orderId })).errors?.[0]).toMatchObject({
      code: 'UNAUTHENTICATED',
    });
  });

  it('is refused with a code and what is to blame', async () => {
    const { shipmentId, buyer } = await arrived();
    const three = inputFor(shipmentId, { lines: [{ variantId: 'mug', quantity: 3 }] });
    expect((await ask(buyer, request, three)).data.requestReturn).toMatchObject({
      ...{ code: 'MORE_THAN_LEFT', field: 'input.lines' },
    });
    const { requestReturn } = (await ask(buyer, request, inputFor(shipmentId))).data;
    const arrival = (changed: object = {}) => ({
      input: {
        returnId: requestReturn.id,
        lines: [{ variantId: 'mug', quantity: 1, disposition: 'RESTOCK' }],
        ...changed,
      },
    });
    expect((await ask(potter, receive, arrival())).data.receiveReturn).toMatchObject({
      code: 'NOT_APPROVED',
    });
    const approve = 'mutation ($id: ID!) { approveReturn(returnId: $id) { __typename } }';
    await ask(potter, approve, { id: requestReturn.id });
    const less = { refund: { amount: '8.00', currency: 'GBP' } };
    expect((await ask(potter, receive, arrival(less))).data.receiveReturn).toMatchObject({
      ...{ code: 'REASON_MISSING', field: 'input.reason' },
    });
    const explained = { ...less, reason: 'A scratch' };
    expect((await ask(potter, receive, arrival(explained))).data.receiveReturn).toMatchObject({
      ...{ status: 'RECEIVED', refund: { amount: '8.00' }, sellerComment: 'A scratch' },
    });
  });

  it.each([
    ['a key that is too long', { idempotencyKey: 'k'.repeat(129) }, 'input.idempotencyKey'],
    ['no lines', { lines: [] }, 'input.lines'],
    ['no units', { lines: [{ variantId: 'mug', quantity: 0 }] }, 'input.lines.0.quantity'],
    ['a long story', { comment: 'x'.repeat(501) }, 'input.comment'],
  ])('is not asked for with %s', async (_, changed, field) => {
    const { errors } = await ask(viewer('ada', 'BUYER'), request, inputFor('shipment', changed));
    expect(errors?.[0]).toMatchObject({ code: 'BAD_USER_INPUT', field });
  });

  it.each([
    [
      'the same units twice',
      { lines: Array(2).fill({ variantId: 'mug', quantity: 1, disposition: 'RESTOCK' }) },
      'input.lines.1.variantId',
    ],
    [
      'a location that was lost',
      { lines: [{ variantId: 'mug', quantity: 1, disposition: 'RESTOCK', locationId: '' }] },
      'input.lines.0.locationId',
    ],
    ['less than nothing to give back', { refund: { amount: '-1.00', currency: 'GBP' } }, 'input.refund'],
  ])('is not received with %s', async (_, changed, field) => {
    const lines = [{ variantId: 'mug', quantity: 1, disposition: 'WRITE_OFF' }];
    const input = { returnId: 'return', lines, ...changed };
    const { errors } = await ask(potter, receive, { input });
    expect(errors?.[0]).toMatchObject({ code: 'BAD_USER_INPUT', field });
  });
});
