import { emptyTables, testDatabase } from '@emporium/testing';
import { openShop } from './test-shop.ts';

/** A shop on a database of its own, for all tests of a file: `clear` leaves nothing in it. */
export const openNewShop = async () => {
  const database = await testDatabase('products');
  const shop = await openShop(database.url);
  const clear = async () => {
    // Rates are of a migration.
    await emptyTables(database, 'products', ['exchange_rates']);
    shop.statements.length = 0;
  };
  return { ...shop, clear };
};

export type NewShop = Awaited<ReturnType<typeof openNewShop>>;
