import { type Client, dataOf } from '@emporium/client';
import { countryCode } from '../online-retail/country-code.ts';
import { CommandError } from '../terminal/command-error.ts';
import { inBatches } from '../terminal/in-batches.ts';
import type { Basket } from './basket.ts';
import type { ShopCatalogue } from './catalogue.ts';

type Refused = { __typename: `${string}Refusal`; code: string; message: string };
type Placed = { __typename: 'Order'; id: string; number: string };

const addLines = /* GraphQL */ `
  mutation AddLines($input: CartLinesInput!) {
    addLinesToCart(input: $input) { __typename ... on CartRefusal { code message } }
  }
`;
const readCart = '{ cart { lines { variant { id } } } }';
const removeLine = /* GraphQL */ `
  mutation RemoveLine($variantId: ID!) {
    updateCartLine(input: { variantId: $variantId, quantity: 0 }) { __typename ... on CartRefusal { code message } }
  }
`;
const place = /* GraphQL */ `
  mutation Place($input: PlaceOrderInput!) {
    placeOrder(input: $input) { __typename ... on Order { id number } ... on PlaceOrderRefusal { code message } }
  }
`;

/**
 * Places a basket as an order and answers its id. The invoice's number is the idempotency key: a basket that was placed
 * by an earlier replay is found, not placed again.
 */
export const placeBasket = async (
  customer: Client,
  basket: Basket,
  catalogue: ShopCatalogue,
): Promise<string> => {
  await emptyCart(customer);
  const before = await tryToPlace(customer, basket);
  if (before.__typename === 'Order') return before.id;
  if (before.code !== 'EMPTY_CART') throw refused(basket, before);
  const lines = [...basket.quantities].map(([sku, quantity]) => ({
    variantId: catalogue.get(sku)?.variantId,
    quantity,
  }));
  for (const batch of inBatches(lines, 500)) {
    const { addLinesToCart } = dataOf(
      await customer.request<{ addLinesToCart: { __typename: 'Cart' } | Refused }>(addLines, {
        input: { lines: batch },
      }),
    );
    if (addLinesToCart.__typename !== 'Cart') throw refused(basket, addLinesToCart);
  }
  const placed = await tryToPlace(customer, basket);
  if (placed.__typename !== 'Order') throw refused(basket, placed);
  return placed.id;
};

const refused = ({ invoice }: Basket, { code, message }: Refused): CommandError =>
  new CommandError(code, `Invoice ${invoice} was refused: ${message}`);

const tryToPlace = async (customer: Client, basket: Basket): Promise<Placed | Refused> => {
  const input = {
    idempotencyKey: `replay:${basket.invoice}`,
    // The file has no addresses: the country is real, the rest says so.
    shippingAddress: {
      name: `Customer of invoice ${basket.invoice}`,
      line1: 'not in the file',
      city: 'not in the file',
      postalCode: '00000',
      country: countryCode(basket.country),
    },
    payment: { method: 'CARD', token: 'tok_ok' },
  };
  return dataOf(await customer.request<{ placeOrder: Placed | Refused }>(place, { input })).placeOrder;
};

/** What an interrupted replay left in it. */
const emptyCart = async (customer: Client): Promise<void> => {
  const { cart } = dataOf(
    await customer.request<{ cart: { lines: { variant: { id: string } | null }[] } }>(readCart),
  );
  for (const { variant } of cart.lines) {
    if (variant) dataOf(await customer.request(removeLine, { variantId: variant.id }));
  }
};
