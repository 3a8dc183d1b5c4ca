/** One purchase in the terminal, with the live events as they arrive. Needs a running stack: `npm start`. */
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { type Client, dataOf } from '@emporium/client';
import { CommandError } from '../terminal/command-error.ts';
import { endpoint } from '../terminal/endpoint.ts';
import { runCommand } from '../terminal/run-command.ts';
import { demoPassword, signInAs } from '../terminal/sign-in.ts';
import * as operations from './operations.ts';

type Money = { amount: string; currency: string };
type Refused = { __typename: `${string}Refusal`; code: string; message: string };
type Variant = { id: string; sku: string; price: Money; availability: { available: number } | null };
type Found = { title: string; seller: { displayName: string } | null; variants: Variant[] };
type Order = { __typename: 'Order'; id: string; number: string; status: string; total: Money };
type Change = {
  sequence: number;
  status: string;
  order: {
    buyer: { name: string } | null;
    payment: { status: string; amount: Money } | null;
    lines: {
      quantity: number;
      variant: { title: string; availability: { available: number } | null } | null;
    }[];
    shipments: { id: string; status: string; carrier: string | null; trackingNumber: string | null }[];
  };
};

const say = (line: string) => process.stdout.write(`${line}\n`);
const show = ({ amount, currency }: Money) => `${amount} ${currency}`;

const granted = <Result extends { __typename: string }>(result: Result | Refused): Result => {
  if ('code' in result) throw new CommandError(result.code, result.message);
  return result as Result;
};

const findMug = async (buyer: Client): Promise<Variant> => {
  const { search } = dataOf(
    await buyer.request<{ search: { edges: { node: Found }[] } }>(operations.searchProducts, {
      query: 'mug',
    }),
  );
  const product = search.edges[0]?.node;
  const variant = product?.variants[0];
  if (!product || !variant)
    throw new CommandError('NOTHING_FOUND', 'The shop sells no mug; was the stack seeded?');
  say(
    `search "mug"      ${product.title}, ${show(variant.price)}, sold by ${product.seller?.displayName ?? 'nobody'}; ${variant.availability?.available ?? '?'} in stock`,
  );
  return variant;
};

const buy = async (buyer: Client, variantId: string): Promise<Order> => {
  const { addToCart } = dataOf(
    await buyer.request<{ addToCart: { __typename: 'Cart'; total: Money } | Refused }>(
      operations.addToCart,
      {
        input: { variantId, quantity: 2 },
      },
    ),
  );
  const cart = granted(addToCart);
  say(`addToCart         the cart costs ${show(cart.total)}`);
  const { placeOrder } = dataOf(
    await buyer.request<{ placeOrder: Order | Refused }>(operations.placeOrder, {
      input: {
        idempotencyKey: randomUUID(),
        expectedTotal: cart.total,
        shippingAddress: {
          name: 'Demo Buyer',
          line1: '1 Market Street',
          city: 'London',
          postalCode: 'N1 9GU',
          country: 'GB',
        },
        payment: { method: 'CARD', token: 'tok_ok' },
      },
    }),
  );
  const order = granted(placeOrder);
  say(`placeOrder        order ${order.number} is ${order.status}, ${show(order.total)}`);
  return order;
};

/** What the seller and the buyer do when the order gets so far. */
const act = async (status: string, change: Change, buyer: Client, seller: Client): Promise<void> => {
  for (const { id } of change.order.shipments) {
    if (status === 'CONFIRMED') {
      const input = { shipmentId: id, carrier: 'Royal Mail', trackingNumber: 'RM123456789GB' };
      granted(
        dataOf(
          await seller.request<{ shipShipment: { __typename: string } }>(operations.shipShipment, {
            input,
          }),
        ).shipShipment,
      );
    }
    if (status === 'SHIPPED') {
      granted(
        dataOf(
          await buyer.request<{ confirmDelivery: { __typename: string } }>(operations.confirmDelivery, {
            shipmentId: id,
          }),
        ).confirmDelivery,
      );
    }
  }
};

const describe = ({ order }: Change): string => {
  const [line] = order.lines;
  const [shipment] = order.shipments;
  return [
    order.payment ? `payment ${order.payment.status} ${show(order.payment.amount)}` : 'no payment yet',
    `${line?.variant?.availability?.available ?? '?'} left in stock`,
    ...(shipment?.carrier ? [`${shipment.carrier} ${shipment.trackingNumber}`] : []),
  ].join(' · ');
};

const watch = async (orderId: string, buyer: Client, seller: Client): Promise<void> => {
  const started = performance.now();
  for await (const { data, errors } of buyer.subscribe<{ orderStatusChanged: Change }>(
    operations.followOrder,
    // From before its first event, so that nothing is missed that happens before the socket is open.
    { orderId, afterSequence: 0 },
  )) {
    const { orderStatusChanged: change } = dataOf({ data, errors, status: 200 });
    const seconds = ((performance.now() - started) / 1000).toFixed(2).padStart(6);
    say(
      `${seconds} s  ${String(change.sequence).padStart(2)}  ${change.status.padEnd(10)} ${describe(change)}`,
    );
    await act(change.status, change, buyer, seller);
  }
};

runCommand(async () => {
  const { values } = parseArgs({ options: { url: { type: 'string' } } });
  const url = endpoint(values.url);
  const buyer = await signInAs(url, 'buyer@emporium.test', demoPassword);
  const seller = await signInAs(url, 'seller@emporium.test', demoPassword);
  say(`${url}\n`);
  const variant = await findMug(buyer);
  const order = await buy(buyer, variant.id);
  say('\nlive, from the subscription orderStatusChanged:');
  await watch(order.id, buyer, seller);
  const { me } = dataOf(
    await seller.request<{ me: { wallet: { balance: Money } | null } }>(operations.sellerWallet),
  );
  say(`\nThe seller's wallet now holds ${me.wallet ? show(me.wallet.balance) : 'an unknown amount'}.`);
});
