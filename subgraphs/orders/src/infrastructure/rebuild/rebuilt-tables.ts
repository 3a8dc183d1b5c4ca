/** Tables beside the ones that screens read, of the same shape, as long as a rebuild runs. */
import type { Tx } from '../database.ts';
import { Prisma } from '../generated/client.ts';
import type { ReadModelTables } from '../read-model-tables.ts';

/** A table of the read model, its twin, what tells its rows apart, and which column says whose they are. */
export type Twin = {
  readonly live: string;
  readonly rebuilt: string;
  readonly key: readonly string[];
  readonly order: string;
};

/** In the order in which their rows must come to be. */
export const twins: readonly Twin[] = [
  { live: 'orders', rebuilt: 'rebuilt_orders', key: ['id'], order: 'id' },
  { live: 'shipments', rebuilt: 'rebuilt_shipments', key: ['id'], order: 'order_id' },
  { live: 'order_lines', rebuilt: 'rebuilt_order_lines', key: ['order_id', 'position'], order: 'order_id' },
  { live: 'returns', rebuilt: 'rebuilt_returns', key: ['id'], order: 'order_id' },
  {
    live: 'return_lines',
    rebuilt: 'rebuilt_return_lines',
    key: ['return_id', 'position'],
    order: 'order_id',
  },
];

export const rebuiltTables: ReadModelTables = {
  orders: Prisma.raw('rebuilt_orders'),
  shipments: Prisma.raw('rebuilt_shipments'),
  lines: Prisma.raw('rebuilt_order_lines'),
  returns: Prisma.raw('rebuilt_returns'),
  returnLines: Prisma.raw('rebuilt_return_lines'),
};

/** What an earlier rebuild left when it was broken off goes first. */
export const createRebuiltTables = async (tx: Tx): Promise<void> => {
  await dropRebuiltTables(tx);
  for (const { live, rebuilt, key, order } of twins) {
    await tx.$executeRawUnsafe(
      `CREATE UNLOGGED TABLE ${rebuilt} (LIKE ${live} INCLUDING DEFAULTS INCLUDING GENERATED, PRIMARY KEY (${key.join(', ')}))`,
    );
    if (key[0] !== order) await tx.$executeRawUnsafe(`CREATE INDEX ON ${rebuilt} (${order})`);
  }
  await tx.$executeRawUnsafe('CREATE UNLOGGED TABLE rebuilt_suspects (order_id TEXT PRIMARY KEY)');
};

export const dropRebuiltTables = async (tx: Tx): Promise<void> => {
  await tx.$executeRawUnsafe(
    `DROP TABLE IF EXISTS ${twins.map(({ rebuilt }) => rebuilt).join(', ')}, rebuilt_suspects`,
  );
};
