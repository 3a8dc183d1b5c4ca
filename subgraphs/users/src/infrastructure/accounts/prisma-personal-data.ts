import type { Seal } from '@emporium/encryption';
import type { PersonalData } from '../../application/accounts/account-ports.ts';
import type { Prisma } from '../generated/client.ts';
import { showHeldAddress } from '../profile/address-rows.ts';

/** More than this of one kind is nobody's record but a machine's. */
const most = 10_000;

/** What is shown of each table, by the column that names the user. Whoever adds a table adds it here or to what is left out. */
export const shownTables = {
  account: { table: 'users', owner: 'id', without: [] },
  shop: { table: 'sellers', owner: 'id', without: [] },
  addresses: { table: 'addresses', owner: 'user_id', without: ['user_id'] },
  preferences: { table: 'preferences', owner: 'user_id', without: ['user_id'] },
  wishlist: { table: 'wishlist_items', owner: 'user_id', without: ['user_id', 'position'] },
  picture: { table: 'avatars', owner: 'user_id', without: ['user_id'] },
  sessions: { table: 'sessions', owner: 'user_id', without: ['user_id'] },
  knownOrigins: { table: 'known_origins', owner: 'user_id', without: ['user_id'] },
  linkedIdentities: { table: 'linked_identities', owner: 'user_id', without: ['user_id'] },
  securityEvents: { table: 'security_events', owner: 'user_id', without: ['user_id'] },
  mailOnItsWay: { table: 'mails', owner: 'user_id', without: ['user_id', 'data', 'sealed'] },
  linksSent: { table: 'one_time_tokens', owner: 'user_id', without: ['user_id', 'network', 'fingerprint'] },
} as const;

/** A secret or its hash tells its owner nothing and a thief something. */
export const leftOutTables = [
  'credentials',
  'avatar_uploads',
  'second_factors',
  'recovery_codes',
  'sign_in_attempts',
] as const;

/** Reads everything that is held about somebody, in one transaction. */
export const prismaPersonalData = (tx: Prisma.TransactionClient, seal: Seal): PersonalData => ({
  collect: async (id) => {
    const document: Record<string, unknown> = {};
    for (const [name, { table, owner, without }] of Object.entries(shownTables)) {
      const rows = await tx.$queryRawUnsafe<{ held: Record<string, unknown> }[]>(
        `SELECT to_jsonb(held) - $2::text[] AS held FROM "${table}" held WHERE "${owner}" = $1 LIMIT ${most}`,
        id,
        without,
      );
      document[name] = rows.map(({ held }) => (table === 'addresses' ? showHeldAddress(seal, held) : held));
    }
    return document;
  },
});
