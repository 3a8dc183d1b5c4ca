import { describe, expect, it } from 'vitest';
import { openShop } from '../graph/shop.ts';
import { wholeGraph } from '../graph/whole-graph.ts';

const shop = openShop(wholeGraph().gatewayUrl);

type Received = { sequence: number; order: { id: string; total: { amount: string } } | null };

const orderReceived = /* GraphQL */ `
  subscription ($after: Int) {
    orderReceived(afterSequence: $after) { sequence order { id total { amount } lines { title variant { sku } } } }
  }
`;
const sold =
  '{ me { seller { orders(filter: { shipmentStatus: [PENDING] }) { edges { node { id number total { amount } } } } } } }';
const byNumber = 'query ($number: String!) { orderByNumber(number: $number) { id } }';
const requestExport = /* GraphQL */ `
  mutation { requestOrderExport(input: { kind: SALES }) { url } }
`;

type Sold = { me: { seller: { orders: { edges: { node: { id: string; number: string } }[] } } | null } };

describe('a seller who waits for orders', () => {
  it('is told of one live, and finds it in the list and in the file; a stranger sees nothing of it', async () => {
    const seller = await shop.newSeller();
    const other = await shop.newSeller('Somebody else');
    const article = await shop.newArticle(seller, { title: 'Oak board' });
    const othersArticle = await shop.newArticle(other, { price: '5.00' });
    const events = seller.subscribe<{ orderReceived: Received }>(orderReceived);
    expect((await events.next()).value.data).toEqual({ orderReceived: { sequence: 0, order: null } });

    const buyer = await shop.person('Ada');
    await shop.addToCart(buyer, article.variantId, 2);
    await shop.addToCart(buyer, othersArticle.variantId, 1);
    const { id, number } = await shop.placeOrder(buyer);
    expect((await events.next()).value.data).toEqual({
      orderReceived: {
        sequence: 1,
        order: {
          id,
          total: { amount: '25.00' },
          lines: [{ title: 'Oak board', variant: { sku: article.sku } }],
        },
      },
    });
    await events.return?.();

    const { me } = await shop.ask<Sold>(seller, sold);
    expect(me.seller?.orders.edges).toEqual([{ node: { id, number, total: { amount: '25.00' } } }]);
    const spoken = number.toLowerCase().replaceAll('-', ' ');
    expect(await shop.ask(seller, byNumber, { number: spoken })).toEqual({ orderByNumber: { id } });
    const { requestOrderExport } = await shop.ask<{ requestOrderExport: { url: string } }>(
      seller,
      requestExport,
    );
    const file = await (await fetch(requestOrderExport.url)).text();
    expect(file.trimEnd().split('\r\n')).toHaveLength(2);
    expect(file).toContain(`${number},`);
    expect(file).toContain('Oak board');

    const stranger = await shop.newSeller('Stranger');
    const strangers = stranger.subscribe<{ orderReceived: Received }>(orderReceived, { after: null });
    expect((await strangers.next()).value.data).toEqual({ orderReceived: { sequence: 0, order: null } });
    await strangers.return?.();
    expect((await shop.ask<Sold>(stranger, sold)).me.seller?.orders.edges).toEqual([]);
    expect(await shop.ask(stranger, byNumber, { number })).toEqual({ orderByNumber: null });
    const nothing = await shop.ask<{ requestOrderExport: { url: string } }>(stranger, requestExport);
    const empty = await (await fetch(nothing.requestOrderExport.url)).text();
    expect(empty.trimEnd().split('\r\n')).toHaveLength(1);
  });
});
