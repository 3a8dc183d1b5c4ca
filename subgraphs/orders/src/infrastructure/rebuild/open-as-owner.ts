import { postgresAdapter } from '@emporium/subgraph';
import { PrismaClient } from '../generated/client.ts';

/**
 * One connection of an administrator, or of the owner, that acts as the owner of the schema: it may make tables, which the
 * service may not, and nothing beside its schema. Owners' passwords are known to nobody.
 */
export const openAsOwner = (url: string): PrismaClient => {
  const asOwner = new URL(url);
  asOwner.searchParams.set('options', '-c search_path=orders -c role=emporium_orders_owner');
  return new PrismaClient({ adapter: postgresAdapter(asOwner.toString(), 'orders', 1) });
};
