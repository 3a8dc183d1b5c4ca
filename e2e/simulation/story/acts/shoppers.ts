import type { CartHolder } from '../../../../subgraphs/orders/src/application/change-cart.ts';
import type { PlaceAsGuestOutcome } from '../../../../subgraphs/orders/src/application/place-as-guest.ts';
import type { PlaceOrderOutcome } from '../../../../subgraphs/orders/src/application/place-order.ts';
import { buyerId, currencyOf, variantId } from '../../shop/ids.ts';
import { declinedToken } from '../../shop/payments/card-provider.ts';
import { methodsOf } from '../../shop/payments/payment-tables.ts';
import { follow } from '../follower.ts';
import { allVariants, buyers } from '../story.ts';
import { type Acting, type Acts, nothing, type Of } from './acting.ts';

type Placed = PlaceOrderOutcome | PlaceAsGuestOutcome;
type Place = (couponCode: string | null) => Promise<Placed>;

const address = {
  ...{ name: 'A', line1: '1', line2: null, city: 'C', postalCode: 'P', country: 'GB', region: null },
};

/** The last card that they keep, as they see it when they pay; or another's. */
const savedCardOf = ({ shop }: Acting, { buyer, savedCard, isGuest }: Of<'PLACE'>): string | null => {
  if (savedCard === null || isGuest) return null;
  const whose = savedCard === 'OWN' ? buyer : (buyer + 1) % buyers;
  const active = methodsOf(shop.payments.tables, buyerId(whose)).filter(({ token }) => token !== null);
  return active.at(-1)?.id ?? null;
};

const inputOf = (acting: Acting, operation: Of<'PLACE'>) => {
  const { id, method, isDeclined, isGuest } = operation;
  const kind = isGuest ? 'CARD' : method;
  const paymentMethodId = kind === 'CARD' ? savedCardOf(acting, operation) : null;
  const isByToken = kind === 'CARD' && paymentMethodId === null;
  const token = isByToken ? (isDeclined ? declinedToken : 'card') : null;
  return {
    ...{ idempotencyKey: id, shippingAddress: address, expectedTotal: null, shippingMethods: new Map() },
    payment: { method: kind, token, paymentMethodId },
  };
};

const linesOf = ({ lines }: Of<'PLACE'>) =>
  lines.map(([variant, quantity]) => ({ variantId: variantId(variant), quantity }));

/** Fills a cart; what is in it of another currency is taken out, and all is tried once more. */
const fill = async ({ shop, ask }: Acting, operation: Of<'PLACE'>, holder: CartHolder) => {
  const { id, lines } = operation;
  const add = (what: string) =>
    ask(`${id} ${what}`, shop.orders, (app) => app.addToCart(holder, linesOf(operation)));
  const added = await add('fills the cart');
  if (added.ok || added.refusal !== 'CURRENCY_MISMATCH') return added;
  const own = currencyOf(lines[0]?.[0] ?? 0);
  for (let variant = 0; variant < allVariants; variant += 1) {
    if (currencyOf(variant) === own) continue;
    const line = { variantId: variantId(variant), quantity: 0 };
    await ask(`${id} takes ${variant} out`, shop.orders, (app) => app.updateCartLine(holder, line));
  }
  return add('fills the cart again');
};

/** Whoever is signed in has a cart of their own. */
const shopSignedIn = async (acting: Acting, operation: Of<'PLACE'>): Promise<Place> => {
  const { shop, ask } = acting;
  const buyer = buyerId(operation.buyer);
  await fill(acting, operation, buyer);
  const input = inputOf(acting, operation);
  return (couponCode) =>
    ask(operation.id, shop.orders, (app) => app.placeOrder(buyer, { ...input, couponCode }));
};

/** Others have what their token opens, until it is merged; whoever has none that does is given one. */
const shopAsGuest = async (acting: Acting, operation: Of<'PLACE'>): Promise<Place> => {
  const { shop, ask, told } = acting;
  const lines = linesOf(operation);
  const { id, buyer } = operation;
  const known = told.cartTokens.get(buyer);
  const added = known ? await fill(acting, operation, { cartToken: known }) : null;
  const opened = added?.ok
    ? null
    : await ask(`${id} opens a cart`, shop.orders, (app) => app.openGuestCart(null, lines));
  const cartToken = opened?.ok ? opened.cartToken : known;
  if (cartToken === undefined) return async () => ({ ok: false, refusal: { code: 'CART_NOT_FOUND' } });
  told.cartTokens.set(buyer, cartToken);
  const input = { ...inputOf(acting, operation), email: `${id}@shop.test` };
  return (couponCode) =>
    ask(id, shop.orders, (app) => app.placeAsGuest(null, cartToken, { ...input, couponCode }));
};

const place = async (acting: Acting, operation: Of<'PLACE'>): Promise<Placed> => {
  const { shop, told } = acting;
  const once = await (operation.isGuest ? shopAsGuest : shopSignedIn)(acting, operation);
  const tryWith: Place = async (couponCode) => {
    const [outcome, again] = await Promise.all([
      once(couponCode),
      operation.isTwice ? once(couponCode) : null,
    ]);
    return again?.ok ? again : outcome;
  };
  const wished = await tryWith(operation.coupon);
  // Whoever may not use a code buys without it.
  const placed = !wished.ok && operation.coupon !== null ? await tryWith(null) : wished;
  if (!placed.ok) return placed;
  told.orders.set(operation.id, placed.orderId);
  if ('orderToken' in placed) told.orderTokens.set(operation.id, placed.orderToken);
  const buyer = buyerId(operation.buyer);
  if (operation.isFollowed) told.followed.push(follow(shop, operation.id, placed.orderId, buyer));
  return placed;
};

/** What people do who buy, signed in or not, and what becomes of it when they sign in. */
export const actsOfShoppers = (acting: Acting): Acts<'PLACE' | 'MERGE' | 'CLAIM' | 'FORGET'> => {
  const { shop, ask, told } = acting;
  return {
    PLACE: (operation) => place(acting, operation),
    MERGE: ({ id, buyer }) => {
      const cartToken = told.cartTokens.get(buyer);
      if (cartToken === undefined) return nothing;
      return ask(id, shop.orders, (app) => app.mergeCart(buyerId(buyer), cartToken));
    },
    CLAIM: async ({ id, of, buyer }) => {
      const token = told.orderTokens.get(of);
      if (token === undefined) return null;
      const by = buyerId(buyer);
      const claimed = await ask(id, shop.orders, (app) => app.claimOrder(by, token));
      if (claimed.ok) told.claims.push({ of, buyerId: by });
      return claimed;
    },
    FORGET: async ({ id, of }) => {
      const token = told.orderTokens.get(of);
      if (token === undefined) return null;
      const ok = await ask(id, shop.orders, (app) => app.forgetGuest(token));
      return ok ? { ok } : { ok, refusal: 'NOT_FOUND' };
    },
  };
};
