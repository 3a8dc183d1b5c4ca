/** What may be done to payments, in any order, as random sequences. */
import fc from 'fast-check';

/** How an operation is cut short the first time, before it is done again: at which statement, and by what. */
export type Crash = {
  readonly at: number;
  /** DEAF: what it had asked for was done, and it never heard so. */
  readonly how: 'ABORT' | 'KILL' | 'DEAF';
};

export type Operation = {
  readonly crash: Crash | null;
} /** REQUEST: whoever heard it asks no provider any more; PAY: they do. */ & (
  | { readonly type: 'REQUEST' | 'PAY' | 'END' | 'FAIL'; readonly order: number }
  /** All orders are to be paid at the same moment. */
  | { readonly type: 'PAY_ALL' }
  | { readonly type: 'SHIP' | 'DELIVER'; readonly order: number; readonly shipment: number }
  | { readonly type: 'WITHDRAW_DISPUTE'; readonly order: number; readonly shipment: number }
  /** Its buyer, or somebody else. */
  | {
      readonly type: 'DISPUTE';
      readonly order: number;
      readonly shipment: number;
      readonly isBuyer: boolean;
      readonly key: number;
    }
  /** So much back to the buyer, or all of it. */
  | {
      readonly type: 'DECIDE';
      readonly order: number;
      readonly shipment: number;
      readonly inFavourOf: 'BUYER' | 'SELLER';
      readonly minor: number | null;
    }
  /** A part of the shipment is called off. */
  | {
      readonly type: 'CALL_OFF';
      readonly order: number;
      readonly shipment: number;
      readonly minor: number;
      readonly key: number;
    }
  /** One capture that nobody answers; `keeps` says whether the provider took the money all the same. */
  | { readonly type: 'SILENCE'; readonly order: number; readonly keeps: boolean }
  /** A currency is worth so many millionths of a euro's from now on. */
  | { readonly type: 'RATE'; readonly currency: Currency; readonly millionths: number }
  /** A seller wants to be paid in a currency; null is each sale's. */
  | { readonly type: 'SETTLE_IN'; readonly user: number; readonly currency: Currency | null }
  /** Whatever the provider must be asked is asked until it is answered. */
  | { readonly type: 'SETTLE' }
  | {
      readonly type: 'TOP_UP';
      readonly user: number;
      readonly minor: number;
      readonly currency: Currency;
      readonly key: number;
      /** The card's bank asks its owner first, who has agreed by the time at which anybody looks. */
      readonly asks: boolean;
    }
  | {
      readonly type: 'WITHDRAW' | 'WRITE_OFF';
      readonly user: number;
      readonly minor: number;
      readonly currency: Currency;
      readonly key: number;
    }
  /** Of all that the wallet has. */
  | { readonly type: 'WITHDRAW_ALL'; readonly user: number; readonly currency: Currency }
  /** What the books do by themselves. */
  | { readonly type: 'KEEP_BOOKS' }
);

type Currency = 'GBP' | 'JPY' | 'KWD';

export type Order = {
  readonly buyer: number;
  readonly method: 'CARD' | 'WALLET';
  readonly declines: boolean;
  /** Seller and minor units of each shipment. */
  readonly shipments: readonly { readonly seller: number; readonly minor: number }[];
};

/** Users and orders are few, so that what happens to them meets. */
export type Story = { readonly orders: readonly Order[]; readonly operations: readonly Operation[] };

const users = 3;
const orders = 3;

/** One of the words, as its own type. */
const oneOf = <const Word extends string | null>(...words: Word[]) => fc.constantFrom(...words);

const user = fc.integer({ min: 0, max: users - 1 });
const order = fc.integer({ min: 0, max: orders - 1 });
const shipment = fc.integer({ min: 0, max: 1 });
const minor = fc.integer({ min: 1, max: 1000 });
/** Of a shipment: now and then more than there is. */
const part = fc.integer({ min: 1, max: 300 });
/** Of what is owed, which is little. */
const few = fc.integer({ min: 1, max: 20 });
const key = fc.integer({ min: 0, max: 5 });

/** Most of what is paid in and out is in the currency of the orders. */
const currency = oneOf<Currency>('GBP', 'GBP', 'GBP', 'JPY', 'KWD');
const owed = oneOf<Currency>('GBP', 'JPY', 'KWD');
/** One euro is from a thousandth of a currency’s unit to ten of them. */
const millionths = fc.integer({ min: 1000, max: 10_000_000 });

const crash = fc.option(
  fc.record({ at: fc.integer({ min: 1, max: 24 }), how: oneOf('ABORT', 'KILL', 'DEAF') }),
  { freq: 1 },
);

/** Mostly another than that of the orders. */
const settled = oneOf<Currency | null>(null, 'JPY', 'JPY', 'KWD', 'KWD', 'GBP');

const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ type: oneOf('REQUEST', 'PAY'), order, crash }) },
  { weight: 1, arbitrary: fc.record({ type: oneOf('PAY_ALL'), crash }) },
  { weight: 1, arbitrary: fc.record({ type: oneOf('END', 'FAIL'), order, crash }) },
  { weight: 3, arbitrary: fc.record({ type: oneOf('SHIP', 'DELIVER'), order, shipment, crash }) },
  { weight: 1, arbitrary: fc.record({ type: oneOf('WITHDRAW_DISPUTE'), order, shipment, crash }) },
  {
    weight: 3,
    arbitrary: fc.record({
      ...{ type: oneOf('DISPUTE'), order, shipment, crash },
      ...{ isBuyer: fc.integer({ min: 0, max: 4 }).map((chance) => chance > 0), key },
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      ...{ type: oneOf('DECIDE'), order, shipment, crash },
      ...{ inFavourOf: oneOf('BUYER', 'SELLER'), minor: fc.option(part) },
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ type: oneOf('CALL_OFF'), order, shipment, crash, minor: part, key }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ type: oneOf('SILENCE'), order, keeps: fc.boolean(), crash }),
  },
  { weight: 3, arbitrary: fc.record({ type: oneOf('SETTLE'), crash }) },
  {
    weight: 2,
    arbitrary: fc.record({
      ...{ type: oneOf('TOP_UP'), user, minor, currency, key, crash },
      asks: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ type: oneOf('WITHDRAW'), user, minor, currency, key, crash }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ type: oneOf('WRITE_OFF'), user, minor: few, currency: owed, key, crash }),
  },
  { weight: 2, arbitrary: fc.record({ type: oneOf('RATE'), currency, millionths, crash }) },
  { weight: 1, arbitrary: fc.record({ type: oneOf('SETTLE_IN'), user, currency: settled, crash }) },
  { weight: 1, arbitrary: fc.record({ type: oneOf('KEEP_BOOKS'), crash }) },
);

/**
 * Rates are known, some orders paid and some of these released, and some of that is spent and goes back before the rest of the story:
 * few would be by chance.
 */
const opening: fc.Arbitrary<Operation[]> = fc
  .tuple(
    fc.subarray([0, 1, 2], { minLength: 1 }),
    fc.tuple(millionths, millionths, millionths),
    fc.tuple(settled, settled, settled),
    fc.subarray([0, 1], { minLength: 1 }),
    fc.subarray([0, 1, 2]),
    fc.array(part, { minLength: 1, maxLength: 2 }),
  )
  .map(([paid, worth, wanted, delivered, spent, back]) => [
    ...(['GBP', 'JPY', 'KWD'] as const).map(
      (of, index) => ({ type: 'RATE', currency: of, millionths: worth[index] ?? 1, crash: null }) as const,
    ),
    ...wanted.map((of, who) => ({ type: 'SETTLE_IN', user: who, currency: of, crash: null }) as const),
    ...paid.map((which) => ({ type: 'REQUEST', order: which, crash: null }) as const),
    { type: 'SETTLE', crash: null },
    ...delivered.map((which) => ({ type: 'DELIVER', order: which, shipment: 0, crash: null }) as const),
    ...spent.map(
      (who) => ({ type: 'WITHDRAW_ALL', user: who, currency: wanted[who] ?? 'GBP', crash: null }) as const,
    ),
    ...back.map(
      (of, index) =>
        ({ type: 'CALL_OFF', order: 0, shipment: 0, minor: of, key: index, crash: null }) as const,
    ),
    ...spent.map((who) => {
      const of = { user: who, currency: wanted[who] ?? 'GBP' };
      return { ...of, type: 'WRITE_OFF', minor: 1, key: 0, crash: null } as const;
    }),
  ]);

export const stories: fc.Arbitrary<Story> = fc.record({
  orders: fc.array(
    fc.record({
      buyer: user,
      method: oneOf('CARD', 'WALLET'),
      declines: fc.integer({ min: 0, max: 4 }).map((chance) => chance === 0),
      shipments: fc.array(fc.record({ seller: user, minor: fc.integer({ min: 0, max: 500 }) }), {
        minLength: 2,
        maxLength: 2,
      }),
    }),
    { minLength: orders, maxLength: orders },
  ),
  operations: fc
    .tuple(opening, fc.array(step, { minLength: 5, maxLength: 30 }))
    .map(([first, rest]) => [...first, ...rest]),
});
