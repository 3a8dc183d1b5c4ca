import { asId } from '@emporium/domain';
import type { Product } from '../../../subgraphs/products/src/domain/product.ts';
import { factsOf } from '../../../subgraphs/products/src/domain/variant-facts.ts';
import { instantAt } from '../kernel/scheduler.ts';
import { allVariants, scarceVariant, sellers } from '../story/story.ts';
import { currencyOf, sellerId, sellerOf, variantId } from './ids.ts';
import { levelKey, placesOf } from './inventory/inventory-tables.ts';
import type { createInventory } from './inventory.ts';
import type { createOrders } from './orders.ts';
import type { createProducts } from './products.ts';
import { coupons } from './promotions.ts';
import type { createUsers } from './users.ts';

/** Of what is scarce there is enough for any one in a rush, and hardly for two. */
const unitsOf = (variant: number): number => (variant === scarceVariant ? 7 : 24);

type Subgraphs = {
  readonly users: ReturnType<typeof createUsers>;
  readonly products: ReturnType<typeof createProducts>;
  readonly inventory: ReturnType<typeof createInventory>;
  readonly orders: ReturnType<typeof createOrders>;
};

/** The shop as it was before the story: sellers, products, stock, and every copy of them as new as it can be. */
export const stockShop = ({ users, products, inventory, orders }: Subgraphs): void => {
  const numbers = Array.from({ length: allVariants }, (_, index) => index);
  for (let number = 0; number < sellers; number += 1) {
    const id = sellerId(number);
    const displayName = `Seller ${number}`;
    const known = { id, active: true, version: 1 };
    users.tables.sellers.committed.set(id, {
      ...{ id, displayName, status: 'ACTIVE', reason: null, appliedAt: instantAt(0), version: 1 },
    });
    products.tables.sellers.committed.set(id, { ...known, displayName });
    inventory.tables.sellers.committed.set(id, known);
    orders.tables.sellers.committed.set(id, known);
    const product: Product = {
      ...{
        id: asId(`product-${number}`),
        sellerId: id,
        slug: `p${number}`,
        title: `Product ${number}`,
        description: null,
      },
      ...{
        categoryId: null,
        status: 'ACTIVE',
        options: ['No.'],
        images: [],
        tags: [],
        specifications: [],
        version: 1,
      },
      variants: numbers
        .filter((each) => sellerOf(each) === id)
        .map((each) => ({
          ...{
            id: variantId(each),
            sku: `sku-${each}`,
            title: null,
            options: [String(each)],
            active: true,
            version: 1,
          },
          price: { minor: BigInt(300 + 150 * each), currency: currencyOf(each) },
        })),
    };
    products.tables.products.committed.set(product.id, product);
    for (const facts of factsOf(product, product.variants, true))
      orders.tables.variants.committed.set(facts.variantId, facts);
  }
  for (const number of numbers) stockVariant(number, { inventory, orders, products });
  for (const coupon of coupons)
    orders.tables.promotions.committed.set(coupon.promotion.id, { ...coupon, redeemed: 0 });
};

const stockVariant = (number: number, { inventory, orders, products }: Omit<Subgraphs, 'users'>): void => {
  const id = variantId(number);
  const units = unitsOf(number);
  const seller = sellerOf(number);
  const sku = `sku-${number}`;
  const [main, other] = placesOf(seller);
  if (!main || !other) throw new Error('a seller without places');
  inventory.tables.variants.committed.set(id, { id, sellerId: seller, sku, active: true, version: 1 });
  for (const [locationId, delta] of [
    [main, units - 3],
    [other, 3],
  ] as const) {
    const idempotencyKey = `opening ${id} ${locationId}`;
    inventory.tables.movements.committed.set(idempotencyKey, {
      ...{ id: idempotencyKey, variantId: id, locationId, delta, kind: 'RECEIPT', reason: 'opening stock' },
      ...{ idempotencyKey, returnId: null, actorId: 'nobody' },
    });
    const level = { variantId: id, locationId, available: delta, reserved: 0, sold: 0 };
    inventory.tables.levels.committed.set(levelKey(id, locationId), level);
  }
  inventory.tables.stock.committed.set(id, { version: 1, inStock: true });
  products.tables.stock.committed.set(id, { variantId: id, inStock: true, version: 1 });
  orders.tables.stock.committed.set(id, { variantId: id, available: units, version: 1 });
};
