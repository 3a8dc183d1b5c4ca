/** Offering products for sale: one new one, or many of which some may be known. */
import { asId, type Decision, refuse } from '@emporium/domain';
import type { Transact } from '@emporium/messaging';
import { type CleanHtml, descriptionOf } from '../domain/description.ts';
import {
  knownProducts,
  type Offer,
  type OfferRefusal,
  offerAgain,
  offerNew,
  type Shop,
} from '../domain/offer.ts';
import {
  evolveAll,
  type Product,
  type ProductEvent,
  type ProductId,
  type SellerId,
} from '../domain/product.ts';
import { countFree, slugOf } from '../domain/slug.ts';
import { type Actor, isSeller } from './actor.ts';
import { commitChanges, type Edited } from './commit-changes.ts';
import type { NewProduct } from './new-product.ts';
import type { Ports } from './ports.ts';

export type Offered =
  | { readonly ok: true; readonly productId: ProductId }
  | { readonly ok: false; readonly refusal: OfferRefusal | SellingRefusal };

/** Why somebody may offer nothing at all. */
type SellingRefusal = 'NOT_A_SELLER' | 'SELLER_SUSPENDED';

/** Puts a new product on sale as the actor's. */
export const createProduct =
  (transact: Transact<Ports>, clean: CleanHtml) =>
  async (product: NewProduct, by: Actor): Promise<Offered> => {
    if (!isSeller(by)) return refuse('NOT_A_SELLER');
    const cleaned = withCleanText(product, clean);
    const all = await transact((ports) => offerAll(ports, [cleaned], by, offerNew));
    if (!all.ok) return all;
    const [outcome] = all.rows;
    if (!outcome) throw new Error('an offer without an outcome');
    return outcome.ok ? { ok: true, productId: outcome.productId } : outcome;
  };

/** What became of one row of many. */
export type RowOutcome<Refusal = OfferRefusal> =
  | { readonly ok: true; readonly productId: ProductId; readonly did: 'CREATED' | 'UPDATED' | 'UNCHANGED' }
  | { readonly ok: false; readonly refusal: Refusal };

export type BulkOutcome<Refusal = OfferRefusal> =
  | { readonly ok: true; readonly rows: readonly RowOutcome<Refusal>[] }
  | { readonly ok: false; readonly refusal: SellingRefusal };

/** Creates or revises the actor's products by their SKUs; doing it again changes nothing. One row's refusal spares the others. */
export const bulkUpsertProducts =
  (transact: Transact<Ports>, clean: CleanHtml) =>
  async (products: readonly NewProduct[], by: Actor): Promise<BulkOutcome> => {
    if (!isSeller(by)) return refuse('NOT_A_SELLER');
    // Before the transaction: nobody waits for it.
    const cleaned = products.map((product) => withCleanText(product, clean));
    return transact((ports) => offerAll(ports, cleaned, by, offerAgain));
  };

export const withCleanText = (product: NewProduct, clean: CleanHtml): NewProduct => ({
  ...product,
  description: descriptionOf(clean, product.description),
});

type Decide<Refusal extends string> = (offer: Offer, shop: Shop) => Decision<ProductEvent, Refusal>;

/** Offers them one after the other, in the caller's transaction. */
export const offerAll = async <Refusal extends string>(
  ports: Ports,
  products: readonly NewProduct[],
  by: Pick<Actor, 'id'>,
  decide: Decide<Refusal>,
): Promise<BulkOutcome<Refusal>> => {
  const sellerId: SellerId = asId(by.id);
  const seller = await ports.sellers.lock(sellerId, 'read');
  // The token may be older than the suspension: our copy decides.
  if (!seller.active) return refuse('SELLER_SUSPENDED');
  const offers = products.map((product) => withIds(product, sellerId, ports.newId));
  const counter = openCounter(await visitShop(ports, offers));
  const rows = offers.map((offer) => counter.serve(offer, decide));
  await commitChanges(ports, seller, counter.edited());
  return { ok: true, rows };
};

const withIds = ({ variants, ...product }: NewProduct, sellerId: SellerId, newId: () => string): Offer => ({
  ...product,
  sellerId,
  productId: asId(newId()),
  variants: variants.map((variant) => ({ ...variant, id: asId(newId()) })),
});

type Visited = Omit<Shop, 'freeSlug'> & {
  /** By the slug that a title makes. */
  readonly freeSlugs: ReadonlyMap<string, readonly string[]>;
};

/** Reads at once what all the offers need to know. */
const visitShop = async ({ products, categories }: Ports, offers: readonly Offer[]): Promise<Visited> => {
  const known = await products.lockBySku(offers.flatMap(({ variants }) => variants.map(({ sku }) => sku)));
  const bySku = new Map(known.flatMap((product) => product.variants.map(({ sku }) => [sku, product])));
  const unknown = offers.filter((offer) => knownProducts(offer, { bySku }).length === 0);
  const categorySlugs = new Set(offers.flatMap(({ categorySlug }) => categorySlug ?? []));
  return {
    bySku,
    freeSlugs: await products.freeSlugs(countFree(unknown.map(({ title }) => slugOf(title)))),
    categories: await categories.idsBySlug([...categorySlugs]),
  };
};

/** Serves offers one after the other; each sees what the ones before it did. */
const openCounter = (shop: Visited) => {
  const bySku = new Map(shop.bySku);
  const given = new Set<string>();
  const edits = new Map<ProductId, Edited>();

  const record = (before: Product | null, events: readonly ProductEvent[]): Product | null => {
    const after = evolveAll(before, events);
    if (after === null || events.length === 0) return after;
    edits.set(after.id, { before: edits.get(after.id)?.before ?? before, after });
    given.add(after.slug);
    for (const { sku } of after.variants) bySku.set(sku, after);
    return after;
  };

  const serve = <Refusal extends string>(offer: Offer, decide: Decide<Refusal>): RowOutcome<Refusal> => {
    const slug = slugOf(offer.title);
    const freeSlug = shop.freeSlugs.get(slug)?.find((free) => !given.has(free)) ?? slug;
    const decision = decide(offer, { bySku, freeSlug, categories: shop.categories });
    if (!decision.ok) return decision;
    const { events } = decision;
    const [known = null] = knownProducts(offer, { bySku });
    const isNew = events[0]?.type === 'Offered';
    const after = record(isNew ? null : known, events);
    if (!after) throw new Error('an accepted offer without a product');
    const did = isNew ? 'CREATED' : events.length > 0 ? 'UPDATED' : 'UNCHANGED';
    return { ok: true, productId: after.id, did };
  };

  return { serve, edited: (): Edited[] => [...edits.values()] };
};
