import { factsOf } from '../../../subgraphs/products/src/domain/variant-facts.ts';
import { levelsOfVariant } from '../shop/inventory/levels-of-variant.ts';
import type { Shop } from '../shop/world.ts';
import type { Check } from './rule.ts';
import { textOf } from './text-of.ts';

const factsIn = ({ products }: Shop) =>
  [...products.tables.products.committed.values()].flatMap((product) => {
    const isActive = products.tables.sellers.committed.get(product.sellerId)?.active ?? true;
    return factsOf(product, product.variants, isActive);
  });

export const copyChecks: readonly Check[] = [
  {
    rule: "every copy of the catalogue is the catalogue's",
    broken: (shop) =>
      factsIn(shop).flatMap((facts) => {
        const ours = shop.orders.tables.variants.committed.get(facts.variantId);
        const theirs = shop.inventory.tables.variants.committed.get(facts.variantId);
        const isStocked = theirs?.version === facts.version && theirs.active === facts.active;
        return [
          ...(textOf(ours) === textOf(facts)
            ? []
            : [`orders has ${facts.variantId} in version ${ours?.version}, not ${facts.version}`]),
          ...(isStocked
            ? []
            : [`inventory has ${facts.variantId} in version ${theirs?.version}, not ${facts.version}`]),
        ];
      }),
  },
  {
    rule: "every copy of who may sell is users'",
    broken: ({ users, products, inventory, orders }) =>
      [...users.tables.sellers.committed.values()].flatMap(({ id, status, version }) =>
        Object.entries({ products, inventory, orders }).flatMap(([name, { tables }]) => {
          const copy = tables.sellers.committed.get(id);
          const isEqual = copy?.version === version && copy.active === (status === 'ACTIVE');
          return isEqual ? [] : [`${name} has ${id} in version ${copy?.version}, not ${version}`];
        }),
      ),
  },
  {
    rule: "every copy of what is available is inventory's",
    broken: ({ inventory, orders, products }) =>
      [...inventory.tables.stock.committed].flatMap(([variantId, { version }]) => {
        const available = levelsOfVariant(inventory.tables, variantId);
        const ours = orders.tables.stock.committed.get(variantId);
        const shown = products.tables.stock.committed.get(variantId);
        return [
          ...(ours?.version === version && ours.available === available
            ? []
            : [`orders has ${ours?.available} of ${variantId}, not ${available}`]),
          ...(shown?.inStock === available > 0
            ? []
            : [`products shows ${variantId} as ${shown?.inStock ? '' : 'not '}in stock`]),
        ];
      }),
  },
];
