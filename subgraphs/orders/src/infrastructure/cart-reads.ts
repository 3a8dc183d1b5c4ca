import { type Id, multiply, sum } from '@emporium/domain';
import { v7 as newId } from 'uuid';
import type { UserId, VariantId } from '../application/ports.ts';
import type { CartLineView, CartView, OrderReads } from '../application/reads.ts';
import type { Tx } from './database.ts';

type Row = {
  readonly id: Id<'Cart'>;
  readonly variantId: VariantId | null;
  readonly quantity: number;
  readonly title: string;
  readonly minor: bigint;
  readonly currency: string;
  readonly active: boolean;
};

/** What an empty cart's total is nothing of. */
const usualCurrency = 'GBP';

/** Carts with today's titles and prices. */
export const createReadCart = (client: Tx): OrderReads['cart'] => {
  const read = (buyerId: UserId) => client.$queryRaw<Row[]>`
    SELECT carts.id, line.variant_id AS "variantId", line.quantity, variant.title,
      variant.price_minor AS minor, variant.currency, variant.active
    FROM carts
    LEFT JOIN (cart_lines AS line JOIN catalog_variants AS variant USING (variant_id)) ON line.cart_id = carts.id
    WHERE carts.buyer_id = ${buyerId}
    ORDER BY line.position`;

  const open = (buyerId: UserId) => client.$executeRaw`
    INSERT INTO carts (id, buyer_id) VALUES (${newId()}, ${buyerId}) ON CONFLICT (buyer_id) DO NOTHING`;

  return async (buyerId) => {
    const rows = await read(buyerId);
    if (rows.length > 0) return cartOf(rows);
    await open(buyerId);
    return cartOf(await read(buyerId));
  };
};

const cartOf = (rows: readonly Row[]): CartView => {
  const [first] = rows;
  if (!first) throw new Error('a cart that was opened is not there');
  const lines = rows.flatMap(lineOf);
  const currency = lines[0]?.total.currency ?? usualCurrency;
  // Prices may have moved to another currency since; such a cart cannot be ordered, but it can be shown.
  const amounts = lines.map(({ total }) => total).filter((total) => total.currency === currency);
  return { id: first.id, lines, total: sum(amounts, currency) };
};

const lineOf = ({ variantId, quantity, title, minor, currency, active }: Row): CartLineView[] => {
  if (!variantId) return [];
  const unitPrice = { minor, currency };
  return [
    { variantId, title, quantity, unitPrice, total: multiply(unitPrice, quantity), available: active },
  ];
};
