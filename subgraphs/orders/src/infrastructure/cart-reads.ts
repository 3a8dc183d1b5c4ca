import { multiply, sum } from '@emporium/domain';
import type { KeyedReads } from '@emporium/subgraph';
import { v7 as newId } from 'uuid';
import type { CartId, UserId, VariantId } from '../application/ports.ts';
import type { CartLineView, CartView, OrderReads } from '../application/reads.ts';
import { type LineFacts, warningsOf } from '../domain/cart-warning.ts';
import type { Tx } from './database.ts';
import { Prisma } from './generated/client.ts';

type Row = {
  readonly id: CartId;
  readonly version: number;
  readonly variantId: VariantId | null;
  readonly quantity: number;
  readonly title: string;
  readonly minor: bigint;
  readonly currency: string;
  readonly addedMinor: bigint | null;
  readonly addedCurrency: string | null;
  readonly isSold: boolean;
  readonly isSellerSuspended: boolean;
  readonly isOwn: boolean;
  readonly stock: number | null;
};

/** What an empty cart's total is nothing of. */
const usualCurrency = 'GBP';

/** Carts with today's titles and prices, and what is to be warned of. */
export const createCartReads = (client: Tx, keyed: KeyedReads): Pick<OrderReads, 'cart' | 'guestCart'> => {
  const read = (holder: Prisma.Sql) =>
    keyed.rows<Row>(Prisma.sql`
    SELECT carts.id, carts.version, line.variant_id AS "variantId", line.quantity, variant.title,
      variant.price_minor AS minor, variant.currency, line.added_minor AS "addedMinor",
      line.added_currency AS "addedCurrency", variant.active AS "isSold",
      NOT coalesce(seller.active, TRUE) AS "isSellerSuspended",
      coalesce(variant.seller_id = carts.buyer_id, FALSE) AS "isOwn", stock.available AS stock
    FROM carts
    LEFT JOIN (cart_lines AS line JOIN catalog_variants AS variant USING (variant_id)) ON line.cart_id = carts.id
    LEFT JOIN sellers AS seller ON seller.id = variant.seller_id
    LEFT JOIN variant_stock AS stock ON stock.variant_id = line.variant_id
    WHERE ${holder}
    ORDER BY line.position`);
  const readOf = (buyerId: UserId) => read(Prisma.sql`carts.buyer_id = ${buyerId}`);

  return {
    cart: async (buyerId) => {
      const found = cartOf(await readOf(buyerId));
      if (found) return found;
      await client.$executeRaw`
        INSERT INTO carts (id, buyer_id) VALUES (${newId()}, ${buyerId}) ON CONFLICT (buyer_id) DO NOTHING`;
      const opened = cartOf(await readOf(buyerId));
      if (!opened) throw new Error('a cart that was opened is not there');
      return opened;
    },
    guestCart: async (tokenHash) =>
      cartOf(await read(Prisma.sql`carts.token_hash = ${tokenHash} AND carts.merged_into IS NULL`)),
  };
};

const cartOf = (rows: readonly Row[]): CartView | null => {
  const [first] = rows;
  if (!first) return null;
  const facts = rows.flatMap(factsOf);
  const lines = facts.map(lineOf);
  const currency = lines[0]?.total.currency ?? usualCurrency;
  // Prices may have moved to another currency since; such a cart cannot be ordered, but it can be shown.
  const amounts = lines.map(({ total }) => total).filter((total) => total.currency === currency);
  return {
    id: first.id,
    version: first.version,
    lines,
    total: sum(amounts, currency),
    warnings: warningsOf(facts, currency),
  };
};

type Facts = LineFacts & { readonly title: string };

const factsOf = ({ variantId, minor, currency, addedMinor, addedCurrency, ...row }: Row): Facts[] => {
  if (!variantId) return [];
  const isKnown = addedMinor !== null && addedCurrency !== null;
  return [
    {
      variantId,
      title: row.title,
      quantity: row.quantity,
      unitPrice: { minor, currency },
      priceAdded: isKnown ? { minor: addedMinor, currency: addedCurrency } : null,
      isSold: row.isSold,
      isSellerSuspended: row.isSellerSuspended,
      isOwn: row.isOwn,
      stock: row.stock,
    },
  ];
};

const lineOf = ({ variantId, title, quantity, unitPrice, priceAdded, isSold }: Facts): CartLineView => ({
  variantId,
  title,
  quantity,
  unitPrice,
  priceAdded,
  total: multiply(unitPrice, quantity),
  available: isSold,
});
