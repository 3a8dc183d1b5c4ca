import { randomUUID } from 'node:crypto';
import {
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import type { Scene } from './scene.ts';

/** What an argument or field of that name, or of that type, is given; what is not here is made up from its type. */
const namedSamples = (scene: Scene): Readonly<Record<string, () => unknown>> => ({
  orderId: () => scene.orderId,
  number: () => scene.orderNumber,
  shipmentId: () => scene.shipmentId,
  returnId: () => scene.returnId,
  variantId: () => scene.offSale.variantId,
  promotionId: () => scene.promotionId,
  disputeId: () => scene.disputeId,
  // Others may have ended: what is null of one only would look like a refusal.
  DisputeFilter: () => ({ orderId: scene.orderId }),
  // Begins when nobody sells any more.
  CommissionRateInput: () => ({ basisPoints: 1, validFrom: '9990-01-01T00:00:00.000Z' }),
  // Of no use any more, and the same each time: nothing is paid by it.
  SettlementRatesInput: () => ({ onDate: '2000-01-31', rates: [{ quote: 'CHF', rate: '1' }] }),
  // Nothing was moved yet.
  date: () => '2000-01-31',
  category: () => 'STANDARD',
  // Nobody's: nothing is done with any message.
  ParkedMessagesInput: () => ({ ids: [randomUUID()], reason: 'Walk' }),
  // A country that nobody is taxed in.
  SetTaxRuleInput: () => ({ country: 'AQ', name: 'None', rate: '0', inclusive: true }),
  CreatePromotionInput: () => ({
    name: 'Walk',
    code: randomUUID(),
    kind: 'PERCENTAGE',
    percent: '1',
  }),
  locationCode: () => 'NORTH',
  reservationId: () => scene.reservationId,
  locationId: () => scene.locationId,
  sellerId: () => scene.people.seller.id,
  productId: () => scene.offSale.productId,
  ProductFilter: () => ({ ids: [scene.onSale.productId, scene.offSale.productId] }),
  query: () => scene.word,
  first: () => 2,
  delta: () => 1,
  code: () => '000000',
  postalCode: () => 'LS1 1AA',
  locale: () => 'en-GB',
  // Long past, so that no price changes by it.
  onDate: () => '2000-01-31',
  quote: () => 'USD',
  email: () => `${randomUUID()}@emporium.test`,
  password: () => 'wrong horse battery',
  newPassword: () => 'a wholly new battery',
  newEmail: () => `${randomUUID()}@emporium.test`,
  token: () => 'x'.repeat(43),
  PayoutAccountInput: () => ({ account: 'acct_walk' }),
  paymentMethodId: () => scene.paymentMethodId,
  AddPaymentMethodInput: () => ({ token: 'tok_ok', idempotencyKey: randomUUID() }),
  TopUpInput: () => ({
    amount: { amount: '1.00', currency: 'GBP' },
    token: 'tok_ok',
    idempotencyKey: randomUUID(),
  }),
  payment: () => ({ method: 'CARD', token: 'tok_ok' }),
  sku: () => `WALK-${randomUUID().slice(0, 13).toUpperCase()}`,
  name: () => `Walk ${randomUUID()}`,
  idempotencyKey: () => randomUUID(),
});

const scalarSamples: Readonly<Record<string, () => unknown>> = {
  ID: () => randomUUID(),
  String: () => 'Sample',
  Int: () => 1,
  Float: () => 1,
  Boolean: () => true,
  Decimal: () => '1.00',
  CurrencyCode: () => 'GBP',
  CountryCode: () => 'GB',
  DateTime: () => new Date().toISOString(),
};

/** What a field or an input may go without, but shows more with, or is wanted in some cases. */
const worthGiving = new Set(['filter', 'first', 'postalCode']);

const has = (args: readonly GraphQLArgument[], argument: string): boolean =>
  args.some(({ name }) => name === argument);

export type Samples = {
  /** Values for the arguments that the field needs, `id` being this one's. */
  argumentsOf(args: readonly GraphQLArgument[], id?: string): Record<string, unknown>;
};

/** Inputs that are valid in shape, about the things of a scene. */
export const samplesFrom = (scene: Scene): Samples => {
  const named = namedSamples(scene);

  const sampleOf = (name: string, type: GraphQLInputType): unknown => {
    if (Object.hasOwn(named, name)) return named[name]?.();
    const nullable = getNullableType(type);
    if (isListType(nullable)) return [sampleOf(name, nullable.ofType)];
    const of = getNamedType(type);
    if (Object.hasOwn(named, of.name)) return named[of.name]?.();
    if (isEnumType(of)) return of.getValues()[0]?.value;
    if (isInputObjectType(of)) return valuesOf(Object.values(of.getFields()));
    const sample = scalarSamples[of.name];
    if (!sample) throw new Error(`Give a sample of the scalar ${of.name} in samples.ts.`);
    return sample();
  };

  const valuesOf = (fields: readonly (GraphQLInputField | GraphQLArgument)[]): Record<string, unknown> =>
    Object.fromEntries(
      fields
        .filter(({ name, type }) => isNonNullType(type) || worthGiving.has(name))
        .map(({ name, type }) => [name, sampleOf(name, type)]),
    );

  return {
    argumentsOf: (args, id) => ({
      ...valuesOf(args),
      ...(id !== undefined && args.some(({ name }) => name === 'id') ? { id } : {}),
      // What is in the order.
      ...(has(args, 'orderId') && has(args, 'variantId') ? { variantId: scene.onSale.variantId } : {}),
    }),
  };
};
