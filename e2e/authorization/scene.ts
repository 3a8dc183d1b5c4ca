import { randomUUID } from 'node:crypto';
import type { Client } from '@emporium/client';
import { eventually } from '@emporium/testing';
import * as operations from '../graph/operations.ts';
import { type Article, openShop } from '../graph/shop.ts';
import { wholeGraph } from '../graph/whole-graph.ts';
import { askSubgraph } from './ask-subgraph.ts';
import { type Person, seated } from './cast.ts';
import { type Seat, seats } from './matrix.ts';

/** One purchase seen from every seat: `owner` bought from `seller`, who has something off sale, too. */
export type Scene = {
  readonly people: Readonly<Record<Seat, Person>>;
  readonly ownersEmail: string;
  readonly onSale: Article;
  readonly offSale: Article;
  /** A word that only the title of what is off sale has. */
  readonly word: string;
  readonly orderId: string;
  readonly orderNumber: string;
  readonly shipmentId: string;
  /** The owner sends something back of another order. */
  readonly returnId: string;
  /** Where the seller's stock is. */
  readonly locationId: string;
  /** Of the owner's. */
  readonly reservationId: string;
  /** Of the seller's. */
  readonly promotionId: string;
  /** A card that the owner keeps. */
  readonly paymentMethodId: string;
  /** Of the owner's, about the shipment. */
  readonly disputeId: string;
  /** A file of products that the seller may send. */
  readonly importId: string;
};

const shop = openShop(wholeGraph().gatewayUrl);

const archive = /* GraphQL */ `
  mutation ($input: ProductStatusInput!) { setProductStatus(input: $input) { __typename } }
`;
const availability = /* GraphQL */ `
  query ($of: [_Any!]!) { _entities(representations: $of) { ... on ProductVariant { availability { inStock } } } }
`;

/** Archives it, and waits until inventory has heard: then its stock is nobody else's business. */
const takeOffSale = async (seller: Client, { productId, variantId }: Article, stranger: Person) => {
  await shop.ask(seller, archive, { input: { productId, status: 'ARCHIVED' } });
  const of = [{ __typename: 'ProductVariant', id: variantId }];
  const token = await stranger.internalToken('inventory');
  await eventually(async () => {
    const { data } = await askSubgraph('inventory', token, availability, { of });
    return (data as { _entities: { availability: unknown }[] })._entities[0]?.availability === null;
  });
};

const idOf = async (client: Client): Promise<string> =>
  (await shop.ask<{ me: { id: string } }>(client, '{ me { id } }')).me.id;

const emailOf = async (client: Client): Promise<string> =>
  (await shop.ask<{ me: { email: string } }>(client, '{ me { email } }')).me.email;

/** The owner has something of the seller's, and asks to send it back. */
const askToReturn = async (owner: Client, seller: Client, { variantId }: Article): Promise<string> => {
  await shop.addToCart(owner, variantId, 1);
  const { id } = await shop.placeOrder(owner);
  await shop.followOrder(owner, id, ({ status }) => status === 'CONFIRMED');
  const { order } = await shop.ask<{ order: { shipments: { id: string }[] } }>(
    owner,
    'query ($id: ID!) { order(id: $id) { shipments { id } } }',
    { id },
  );
  const shipmentId = order.shipments[0]?.id ?? '';
  const parcel = { shipmentId, carrier: 'Royal Mail', trackingNumber: 'RM-0001' };
  await shop.ask(seller, operations.shipShipment, { input: parcel });
  await shop.ask(owner, operations.confirmDelivery, { shipmentId });
  const { requestReturn } = await shop.ask<{ requestReturn: { id: string } }>(
    owner,
    'mutation ($input: RequestReturnInput!) { requestReturn(input: $input) { ... on Return { id } } }',
    {
      input: {
        ...{ shipmentId, idempotencyKey: 'kept', reason: 'UNWANTED' },
        lines: [{ variantId, quantity: 1 }],
      },
    },
  );
  return requestReturn.id;
};

export const setScene = async (): Promise<Scene> => {
  const clients: Record<Exclude<Seat, 'anonymous'>, Client> = {
    // The first asks until attempts are counted: on a busy machine that can take a moment.
    stranger: await eventually(() => shop.person('Eve')),
    owner: await shop.person('Ada'),
    rival: await shop.newSeller('Rival'),
    seller: await shop.newSeller('Seller'),
    support: await shop.person('Sue'),
    admin: await shop.person('Root'),
  };
  const people = await Promise.all(
    seats.map(async (seat) => seated(seat, seat === 'anonymous' ? null : await idOf(clients[seat]))),
  );
  const word = `w${randomUUID().replaceAll('-', '')}`;
  const onSale = await shop.newArticle(clients.seller, { stock: 20 });
  const offSale = await shop.newArticle(clients.seller, { title: `Discontinued ${word}` });
  const cast = Object.fromEntries(people.map((person) => [person.seat, person])) as Scene['people'];
  await takeOffSale(clients.seller, offSale, cast.stranger);
  await shop.addToCart(clients.owner, onSale.variantId, 2);
  const { id: orderId, number: orderNumber } = await shop.placeOrder(clients.owner);
  await shop.followOrder(clients.owner, orderId, ({ status }) => status === 'CONFIRMED');
  const { order } = await shop.ask<{ order: { shipments: { id: string }[] } }>(
    clients.owner,
    'query ($id: ID!) { order(id: $id) { shipments { id } } }',
    { id: orderId },
  );
  const shipmentId = order.shipments[0]?.id ?? '';
  const { me } = await shop.ask<{ me: { seller: { stockLocations: { id: string }[] } } }>(
    clients.seller,
    '{ me { seller { stockLocations { id } } } }',
  );
  const { reserveStock } = await shop.ask<{ reserveStock: { id: string } }>(
    clients.owner,
    `mutation ($input: ReserveStockInput!) { reserveStock(input: $input) { ... on StockReservation { id } } }`,
    { input: { variantId: onSale.variantId, quantity: 1, idempotencyKey: 'kept' } },
  );
  const { openDispute } = await shop.ask<{ openDispute: { id: string } }>(
    clients.owner,
    'mutation ($input: OpenDisputeInput!) { openDispute(input: $input) { ... on Dispute { id } } }',
    { input: { shipmentId, reason: 'OTHER', note: 'It rattles.', idempotencyKey: 'kept' } },
  );
  const { addPaymentMethod } = await shop.ask<{ addPaymentMethod: { id: string } }>(
    clients.owner,
    'mutation ($input: AddPaymentMethodInput!) { addPaymentMethod(input: $input) { ... on PaymentMethod { id } } }',
    { input: { token: 'tok_ok', label: 'Blue', idempotencyKey: 'kept' } },
  );
  await shop.ask(
    clients.owner,
    'mutation ($input: TopUpInput!) { topUpWallet(input: $input) { ... on Wallet { pendingTopUps { id } } } }',
    { input: { amount: { amount: '5.00', currency: 'GBP' }, token: 'tok_3ds', idempotencyKey: 'kept' } },
  );
  const { startProductImport } = await shop.ask<{ startProductImport: { import: { id: string } } }>(
    clients.seller,
    'mutation { startProductImport { ... on ProductImportStart { import { id } } } }',
  );
  await shop.ask(
    clients.seller,
    'mutation ($input: LowStockThresholdInput!) { setLowStockThreshold(input: $input) { __typename } }',
    { input: { variantId: offSale.variantId, threshold: 1 } },
  );
  const { createPromotion } = await shop.ask<{ createPromotion: { id: string } }>(
    clients.seller,
    'mutation ($input: CreatePromotionInput!) { createPromotion(input: $input) { ... on Promotion { id } } }',
    { input: { name: 'Scene', code: randomUUID(), kind: 'PERCENTAGE', percent: '1' } },
  );
  return {
    people: cast,
    ownersEmail: await emailOf(clients.owner),
    onSale,
    offSale,
    word,
    orderId,
    orderNumber,
    shipmentId,
    returnId: await askToReturn(clients.owner, clients.seller, onSale),
    paymentMethodId: addPaymentMethod.id,
    disputeId: openDispute.id,
    reservationId: reserveStock.id,
    promotionId: createPromotion.id,
    importId: startProductImport.import.id,
    locationId: me.seller.stockLocations[0]?.id ?? '',
  };
};

/** The scene's objects of a type that has an id: those of which the seats are known. */
export const idsIn = (
  { people, onSale, offSale, orderId, returnId, importId }: Scene,
  type: string,
): readonly string[] | undefined => {
  const ids: Readonly<Record<string, readonly (string | null)[]>> = {
    User: [people.owner.id],
    Seller: [people.seller.id],
    Product: [offSale.productId, onSale.productId],
    ProductVariant: [offSale.variantId, onSale.variantId],
    Order: [orderId],
    Return: [returnId],
    ProductImport: [importId],
  };
  return ids[type]?.map(String);
};

/** Whether the object is one of the scene's; undefined where a type has none, but hangs on what has. */
export const knows = (scene: Scene, type: string, id: unknown): boolean | undefined =>
  idsIn(scene, type)?.includes(String(id));

export const isOffSale = ({ offSale }: Scene, id: unknown): boolean =>
  id === offSale.productId || id === offSale.variantId;
