import { withClient } from '@emporium/database';
import { loadProducts, loadSellers } from '../catalogue/load.ts';

export const articles = 1_000;

const seed = 1;

/** What there is to buy, in stock for any number of orders, at every subgraph that knows it. */
export const loadGoods = async (adminUrl: string): Promise<void> => {
  await loadSellers(adminUrl);
  await loadProducts(adminUrl, seed, 0, articles);
  await withClient(adminUrl, async (client) => {
    await client.query(`
      INSERT INTO orders.catalog_variants (variant_id, product_id, seller_id, sku, title, price_minor, currency, active, version)
      SELECT v.id, p.id, p.seller_id, v.sku, p.title, v.price_minor, v.currency, true, v.version
      FROM products.variants v JOIN products.products p ON p.id = v.product_id`);
    await client.query('UPDATE inventory.stock_levels SET available = 1000000, received = 1000000');
  });
};
