/** Who may say and hear what on the broker: one user per subgraph, one for gateways, one administrator. */
import { randomPassword, type SubgraphName, subgraphNames } from '@emporium/database';

/** A user of the broker. Only the administrator may do everything. */
export type NatsUser = SubgraphName | 'gateway' | 'admin';

/** A password for every user. */
export type NatsPasswords = Record<NatsUser, string>;

/** Every user, in the order in which the configuration names them. */
export const natsUsers: readonly NatsUser[] = [...subgraphNames, 'gateway', 'admin'];

/** Fresh passwords for all users. */
export const randomNatsPasswords = (): NatsPasswords => ({
  users: randomPassword(),
  products: randomPassword(),
  inventory: randomPassword(),
  orders: randomPassword(),
  payments: randomPassword(),
  gateway: randomPassword(),
  admin: randomPassword(),
});

/** Subjects that a user may publish to and subscribe to; nothing said means everything. */
export type Permissions = { publish: readonly string[]; subscribe: readonly string[] };

const hear = ['emporium.>', '_INBOX.>'];

/**
 * A subgraph speaks for itself only, keeps its own stream, and consumes any: subjects cannot tell one consumer's
 * owner from another's by a prefix, so consumers are open, and whose they are is a matter of their names.
 */
const subgraphPermissions = (name: SubgraphName): Permissions => ({
  publish: [
    `emporium.${name}.>`,
    '$JS.API.INFO',
    '$JS.API.STREAM.NAMES',
    '$JS.API.STREAM.LIST',
    '$JS.API.STREAM.INFO.*',
    `$JS.API.STREAM.CREATE.${name}`,
    `$JS.API.STREAM.UPDATE.${name}`,
    `$JS.API.STREAM.MSG.GET.${name}`,
    '$JS.API.CONSUMER.>',
    '$JS.ACK.>',
  ],
  subscribe: hear,
});

/** What each user may do; the administrator anything. */
export const permissionsOf = (user: NatsUser): Permissions | undefined => {
  if (user === 'admin') return undefined;
  return user === 'gateway' ? { publish: [], subscribe: hear } : subgraphPermissions(user);
};
