import { variantsChanged } from '@emporium/contracts';
import { outgoing } from '@emporium/messaging';
import { updateVariantPrice } from '../../../subgraphs/products/src/application/edit-product.ts';
import { onAvailabilityChanged } from '../../../subgraphs/products/src/application/on-availability-changed.ts';
import { onSellerChanged } from '../../../subgraphs/products/src/application/on-seller-changed.ts';
import type { Ports, VariantStock } from '../../../subgraphs/products/src/application/ports.ts';
import type { Product } from '../../../subgraphs/products/src/domain/product.ts';
import type { Seller } from '../../../subgraphs/products/src/domain/seller.ts';
import { factsOf } from '../../../subgraphs/products/src/domain/variant-facts.ts';
import { notSimulated, partly } from '../store/not-simulated.ts';
import { type Table, table } from '../store/table.ts';
import { keepNewer } from '../store/versioned.ts';
import { createSubgraph, type Within, type World } from './subgraph.ts';

export type ProductTables = {
  readonly products: Table<Product>;
  readonly sellers: Table<Seller>;
  readonly stock: Table<VariantStock>;
};

/** Products: its own application over tables in memory. */
export const createProducts = (world: World) => {
  const tables: ProductTables = {
    products: table('products'),
    sellers: table('sellers'),
    stock: table('stock'),
  };
  const subgraph = createSubgraph(world, {
    name: 'products',
    subscribers: [onSellerChanged, onAvailabilityChanged],
    attempts: 5,
    ports: (within): Ports => productPorts(within, tables, world),
    boot: ({ transact }) => ({
      updateVariantPrice: updateVariantPrice((work) =>
        transact((ports) => work(ports, notSimulated('SQL'))),
      ),
    }),
  });
  return { ...subgraph, tables };
};

const productPorts = (
  within: Within,
  tables: ProductTables,
  { weather: { scheduler }, seams }: World,
): Ports => {
  const { tx, tell } = within;
  const sellerOf = (id: Seller['id']): Seller =>
    tx.read(tables.sellers, id) ?? { id, displayName: null, active: true, version: 0 };
  return partly<Ports>('products', {
    sellers: {
      lock: async (id, mode) => {
        await tx.statement(`holds seller ${id} to ${mode}`);
        await tx.lock(`seller ${id}`);
        return sellerOf(id);
      },
      save: (seller) => tx.put(tables.sellers, seller.id, seller),
    },
    products: partly<Ports['products']>('products', {
      whose: async (which) => {
        await tx.statement('looks whose it is');
        const found = tx
          .rows(tables.products)
          .find(({ id, variants }) =>
            'productId' in which
              ? id === which.productId
              : variants.some((each) => each.id === which.variantId),
          );
        return found ? { productId: found.id, sellerId: found.sellerId } : null;
      },
      lockOne: async (id) => {
        await tx.statement(`holds ${id}`);
        await tx.lock(`products ${id}`);
        return tx.read(tables.products, id) ?? null;
      },
      save: async (changes) => {
        await tx.statement('saves products');
        for (const { product } of changes) await tx.put(tables.products, product.id, product);
      },
      raiseVariantsOf: async (seller) => {
        await tx.statement(`raises what ${seller} sells`);
        const theirs = tx.rows(tables.products).filter(({ sellerId }) => sellerId === seller);
        const facts = [];
        for (const { id } of theirs) {
          await tx.lock(`products ${id}`);
          const product = tx.read(tables.products, id);
          if (!product) continue;
          const variants = product.variants.map((variant) => ({
            ...variant,
            version: variant.version + 1,
          }));
          const raised = { ...product, variants };
          await tx.put(tables.products, id, raised);
          facts.push(...factsOf(raised, variants, sellerOf(seller).active));
        }
        return facts;
      },
    }),
    stock: {
      keep: async (heard) => {
        await tx.statement('keeps what is in stock');
        for (const each of heard.toSorted((a, b) => (a.variantId < b.variantId ? -1 : 1)))
          await keepNewer(tx, tables.stock, each.variantId, each, seams);
        return [];
      },
    },
    announce: async (variants, occurredAt) => {
      const [first] = variants;
      if (first)
        tell([
          outgoing(
            variantsChanged,
            { variants: [...variants] },
            { aggregateId: first.sellerId, occurredAt },
          ),
        ]);
    },
    images: notSimulated('images'),
    outdate: async () => undefined,
    now: async () => scheduler.instant(),
  });
};
