import { sellerChanged } from '@emporium/contracts';
import { asId } from '@emporium/domain';
import { outgoing } from '@emporium/messaging';
import type { Ports } from '../../../subgraphs/users/src/application/ports.ts';
import { overseeSeller } from '../../../subgraphs/users/src/application/sellers/oversee-sellers.ts';
import type { Seller } from '../../../subgraphs/users/src/domain/seller.ts';
import type { User } from '../../../subgraphs/users/src/domain/user.ts';
import { partly } from '../store/not-simulated.ts';
import { type Table, table } from '../store/table.ts';
import { createSubgraph, type Within, type World } from './subgraph.ts';

export type UserTables = { readonly sellers: Table<Seller> };

/** Users: what administrators decide about sellers, by its own application over tables in memory. */
export const createUsers = (world: World) => {
  const tables: UserTables = { sellers: table('sellers') };
  const subgraph = createSubgraph(world, {
    name: 'users',
    subscribers: [],
    attempts: 1,
    ports: (within): Ports => userPorts(within, tables, world),
    boot: ({ transact }) => ({ overseeSeller: overseeSeller({ transact }) }),
  });
  return { ...subgraph, tables };
};

const userPorts = (
  { tx, tell }: Within,
  { sellers }: UserTables,
  { weather: { scheduler } }: World,
): Ports =>
  partly<Ports>('users', {
    accounts: partly<Ports['accounts']>('accounts', {
      lock: async (id) => {
        await tx.statement(`holds user ${id}`);
        await tx.lock(`user ${id}`);
        const user = { id: asId<'User'>(id), roles: ['BUYER', 'SELLER'], state: 'ACTIVE' } as const;
        return user as unknown as User;
      },
      isVerified: async () => true,
      grant: async () => undefined,
      revoke: async () => undefined,
    }),
    sellers: {
      find: async (id) => {
        await tx.statement(`finds seller ${id}`);
        return tx.read(sellers, id) ?? null;
      },
      save: async (seller, at) => {
        await tx.statement(`saves seller ${seller.id}`);
        const saved = { ...seller, version: seller.version + 1 };
        await tx.put(sellers, seller.id, saved);
        const { id: sellerId, displayName, status, version } = saved;
        const payload = { sellerId, displayName, active: status === 'ACTIVE', version };
        tell([outgoing(sellerChanged, payload, { aggregateId: sellerId, occurredAt: at })]);
        return saved;
      },
    },
    sessions: partly<Ports['sessions']>('sessions', { revokeTokensOf: async () => undefined }),
    securityEvents: partly<Ports['securityEvents']>('security events', { record: async () => undefined }),
    now: async () => scheduler.instant(),
  });
