import { createNoise, type Noise } from '../kernel/noise.ts';
import { boundaries, type Fault } from '../kernel/weather.ts';

/** What somebody does, `at` milliseconds after the world began. `of` names the purchase that it is about. */
export type Operation = { readonly id: string; readonly at: number } & (
  | {
      readonly type: 'PLACE';
      readonly buyer: number;
      /** They are not signed in. */
      readonly isGuest: boolean;
      /** Variants by number, and how many. */
      readonly lines: readonly (readonly [variant: number, quantity: number])[];
      readonly method: 'CARD' | 'WALLET';
      readonly coupon: string | null;
      readonly isDeclined: boolean;
      /** Paid with one that they keep, or with somebody else's, which is refused; where there is none, with another. */
      readonly savedCard: 'OWN' | 'OTHERS' | null;
      /** The client sends the same twice at once. */
      readonly isTwice: boolean;
      readonly isFollowed: boolean;
    }
  | {
      readonly type: 'CANCEL' | 'CANCEL_LINE' | 'CANCEL_SHIPMENT' | 'SHIP' | 'CONFIRM_DELIVERY';
      readonly of: string;
    }
  | {
      readonly type: 'REQUEST_RETURN' | 'RECEIVE_RETURN' | 'OPEN_DISPUTE' | 'WITHDRAW_DISPUTE';
      readonly of: string;
    }
  /** Somebody signs in, with what they put into their cart before. */
  | { readonly type: 'MERGE'; readonly buyer: number }
  | { readonly type: 'CLAIM'; readonly of: string; readonly buyer: number }
  | { readonly type: 'FORGET'; readonly of: string }
  | { readonly type: 'DECIDE_DISPUTE'; readonly of: string; readonly inFavourOf: 'BUYER' | 'SELLER' }
  | { readonly type: 'ADJUST'; readonly variant: number; readonly delta: number }
  | { readonly type: 'REPRICE'; readonly variant: number; readonly minor: number }
  | { readonly type: 'SUSPEND' | 'REINSTATE'; readonly seller: number }
  | {
      readonly type: 'TOP_UP';
      readonly buyer: number;
      readonly minor: number;
      readonly isForeign: boolean;
      readonly isDeclined: boolean;
    }
  | {
      readonly type: 'WITHDRAW';
      readonly buyer: number;
      readonly minor: number;
      readonly isForeign: boolean;
    }
  | {
      readonly type: 'PAY_OUT';
      readonly seller: number;
      readonly minor: number;
      readonly isForeign: boolean;
    }
  | {
      readonly type: 'SAVE_CARD';
      readonly buyer: number;
      readonly isDeclined: boolean;
      readonly isDefault: boolean;
    }
  | { readonly type: 'REMOVE_CARD' | 'CHOOSE_CARD'; readonly buyer: number }
  | { readonly type: 'REPLAY' }
);

/** All that is decided before the world begins; what is left to chance while it goes on comes from the seed. */
export type Story = {
  readonly seed: number;
  readonly operations: readonly Operation[];
  readonly faults: readonly Fault[];
};

export const buyers = 3;
export const sellers = 2;
/** So many are sold in the one currency, and as many after them in the other. */
export const variants = 4;
export const foreignVariants = 2;
export const allVariants = variants + foreignVariants;
/** Of which there is little, and which everybody wants when there is a rush. */
export const scarceVariant = 0;
/** Codes that buyers know, the last of them wrongly; what the others are worth is in `shop/promotions.ts`. */
const codes = ['FEW', 'FEW', 'ONCE', 'BOTH', 'NOSUCH'];

const subgraphs = ['orders', 'inventory', 'payments', 'products', 'users'];
/** A minute and a half in which things are done, and go wrong. */
const lengthMs = 90_000;

type Untimed<Each> = Each extends Operation ? Omit<Each, 'id' | 'at'> : never;

export const tellStory = (seed: number): Story => {
  const noise = createNoise(seed);
  const operations: Operation[] = [];
  const add = (at: number, operation: Untimed<Operation>): string => {
    const id = `op${operations.length + 1}`;
    operations.push({ ...operation, id, at } as Operation);
    return id;
  };
  const some = (what: string, least: number, most: number, one: (at: number) => void): void => {
    const count = noise.between(what, least, most);
    for (let index = 0; index < count; index += 1) one(noise.between(`${what} at`, 100, lengthMs));
  };
  some('purchases', 4, 9, (at) => purchase(noise, at, add));
  if (noise.happens('rush', 0.5)) rush(noise, add);
  some('adjustments', 1, 3, (at) =>
    add(at, {
      type: 'ADJUST',
      variant: noise.between('of', 0, variants - 1),
      delta: noise.between('delta', -3, 6) || 1,
    }),
  );
  some('prices', 0, 3, (at) =>
    add(at, {
      type: 'REPRICE',
      variant: noise.between('of', 0, variants - 1),
      minor: noise.between('minor', 100, 900),
    }),
  );
  some('suspensions', 0, 2, (at) => {
    const seller = noise.between('seller', 0, sellers - 1);
    add(at, { type: 'SUSPEND', seller });
    add(at + noise.between('for', 10, 20_000), { type: 'REINSTATE', seller });
  });
  some('top-ups', 1, 3, (at) =>
    add(at, { type: 'TOP_UP', ...wish(noise), isDeclined: noise.happens('declined', 0.2) }),
  );
  some('withdrawals', 0, 2, (at) => add(at, { type: 'WITHDRAW', ...wish(noise) }));
  // When sellers have something.
  some('payouts', 0, 4, (at) =>
    add(lengthMs / 2 + at * 0.8, {
      type: 'PAY_OUT',
      seller: noise.between('seller', 0, sellers - 1),
      minor: noise.between('pays out', 50, 600),
      isForeign: noise.happens('pays out abroad', 0.5),
    }),
  );
  some('saved cards', 0, 3, (at) => {
    const buyer = noise.between('card of', 0, buyers - 1);
    const isDeclined = noise.happens('card is refused', 0.15);
    add(at / 3, { type: 'SAVE_CARD', buyer, isDeclined, isDefault: noise.happens('default', 0.3) });
    // Perhaps before the provider has said that it keeps it.
    const since = at / 3 + noise.between('card lasts', 10, lengthMs / 2);
    if (noise.happens('card is removed', 0.3)) add(since, { type: 'REMOVE_CARD', buyer });
    if (noise.happens('card is chosen', 0.3)) add(since + 10, { type: 'CHOOSE_CARD', buyer });
  });
  some('replays', 0, 1, (at) => add(at, { type: 'REPLAY' }));
  return { seed, operations: operations.toSorted((a, b) => a.at - b.at), faults: faultsOf(noise) };
};

const sumOf = (noise: Noise) => ({
  minor: noise.between('amount', 100, 3000),
  isForeign: noise.happens('in the other currency', 0.3),
});

const wish = (noise: Noise) => ({ buyer: noise.between('buyer', 0, buyers - 1), ...sumOf(noise) });

/** Everybody wants the same at the same moment, and together more than there is. */
const rush = (noise: Noise, add: (at: number, operation: Untimed<Operation>) => string): void => {
  const at = noise.between('rush at', 100, lengthMs);
  const coupon = noise.happens('rush with a code', 0.5) ? 'FEW' : null;
  for (let buyer = 0; buyer < buyers; buyer += 1) {
    add(at + noise.between('rush after', 0, 40), {
      ...{
        type: 'PLACE',
        buyer,
        lines: [[scarceVariant, noise.between('rush wants', 3, 5)]],
        method: 'CARD',
      },
      ...{
        isGuest: noise.happens('rush of guests', 0.3),
        coupon,
        isDeclined: false,
        savedCard: null,
        isTwice: false,
        isFollowed: false,
      },
    });
  }
};

/** A purchase, and what its buyer and its seller do about it later on. */
const purchase = (
  noise: Noise,
  at: number,
  add: (at: number, operation: Untimed<Operation>) => string,
): void => {
  const wanted = noise.between('lines', 1, 3);
  const isForeign = noise.happens('in the other currency', 0.2);
  const variant = () =>
    isForeign
      ? noise.between('foreign variant', variants, allVariants - 1)
      : noise.happens('of what is scarce', 0.1)
        ? scarceVariant
        : noise.between('variant', scarceVariant + 1, variants - 1);
  const lines = new Map(Array.from({ length: wanted }, () => [variant(), noise.between('quantity', 1, 4)]));
  const buyer = noise.between('buyer', 0, buyers - 1);
  const isGuest = noise.happens('guest', 0.35);
  const method = noise.happens('wallet', 0.25) ? 'WALLET' : 'CARD';
  // Most of those who pay from their wallet see to it that there is enough in it.
  if (method === 'WALLET' && noise.happens('tops up before', 0.8))
    add(Math.max(50, at - noise.between('tops up so long before', 200, 5000)), {
      ...{ type: 'TOP_UP', buyer, minor: 9000, isForeign, isDeclined: false },
    });
  const of = add(at, {
    ...{ type: 'PLACE', buyer, isGuest },
    lines: [...lines],
    method,
    coupon: noise.happens('with a code', 0.5) ? (noise.pick('code', codes) ?? null) : null,
    isDeclined: noise.happens('declined', 0.06),
    savedCard: noise.happens('saved card', 0.3)
      ? noise.happens('of another', 0.25)
        ? 'OTHERS'
        : 'OWN'
      : null,
    isTwice: noise.happens('twice', 0.2),
    isFollowed: noise.happens('followed', 0.6),
  });
  const later = (
    probability: number,
    within: number,
    operation: Untimed<Operation>,
    since = at,
  ): number => {
    const when = since + noise.between(`${operation.type} after`, 20, within);
    if (noise.happens(operation.type, probability)) add(when, operation);
    return when;
  };
  later(0.15, 12_000, { type: 'CANCEL', of });
  later(0.25, 20_000, { type: 'CANCEL_LINE', of });
  later(0.1, 20_000, { type: 'CANCEL_SHIPMENT', of });
  // Most sellers wait until they know that it is paid.
  const paid = at + (noise.happens('ships soon', 0.2) ? 0 : 5000);
  const shipped = later(0.9, 20_000, { type: 'SHIP', of }, paid);
  later(0.5, 20_000, { type: 'SHIP', of }, paid);
  const disputed = later(0.25, 20_000, { type: 'OPEN_DISPUTE', of }, paid);
  later(
    0.6,
    20_000,
    { type: 'DECIDE_DISPUTE', of, inFavourOf: noise.happens('buyer wins', 0.5) ? 'BUYER' : 'SELLER' },
    disputed,
  );
  later(0.2, 20_000, { type: 'WITHDRAW_DISPUTE', of }, disputed);
  const arrived = later(0.75, 20_000, { type: 'CONFIRM_DELIVERY', of }, shipped);
  const asked = later(0.45, 15_000, { type: 'REQUEST_RETURN', of }, arrived);
  later(0.8, 15_000, { type: 'RECEIVE_RETURN', of }, asked);
  if (!isGuest) return;
  later(0.5, noise.happens('signs in at once', 0.5) ? 200 : 4000, { type: 'MERGE', buyer });
  later(0.4, 15_000, { type: 'CLAIM', of, buyer });
  later(0.2, 15_000, { type: 'CLAIM', of, buyer: (buyer + 1) % buyers });
  later(0.15, 20_000, { type: 'FORGET', of });
};

const faultsOf = (noise: Noise): readonly Fault[] => {
  const faults: Fault[] = [];
  const some = (what: string, most: number, one: (at: number) => Fault): void => {
    const count = noise.between(`faults ${what}`, 0, most);
    for (let index = 0; index < count; index += 1)
      faults.push(one(noise.between(`${what} at`, 0, lengthMs)));
  };
  const subgraph = () => noise.pick('subgraph', subgraphs) ?? 'orders';
  some('crash', 12, (at) => ({
    ...{
      type: 'CRASH',
      at,
      subgraph: subgraph(),
      boundary: noise.pick('boundary', boundaries) ?? 'commit',
    },
    ...{ when: noise.happens('before', 0.5) ? 'before' : 'after', downMs: noise.between('down', 50, 8000) },
  }));
  some('database', 2, (at) => ({
    type: 'DATABASE_AWAY',
    at,
    subgraph: subgraph(),
    forMs: noise.between('away', 50, 6000),
  }));
  some('broker', 1, (at) => ({ type: 'BROKER_AWAY', at, forMs: noise.between('away', 500, 40_000) }));
  some('provider', 1, (at) => ({
    type: 'PROVIDER_SILENT',
    at,
    forMs: noise.between('silent', 500, 40_000),
  }));
  return faults.toSorted((a, b) => a.at - b.at);
};
