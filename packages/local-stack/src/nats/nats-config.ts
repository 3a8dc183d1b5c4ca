import { type NatsUser, natsUsers, permissionsOf } from './nats-accounts.ts';

/** What a NATS of ours is told. */
export type NatsSettings = {
  host: string;
  port: number;
  storeFolder: string;
  /** How the configuration writes a user's password: quoted, or as a `$VARIABLE`. */
  passwordOf: (user: NatsUser) => string;
  /** Against losing acknowledged messages when the power goes; needs 2.10, costs throughput. */
  syncEveryWrite?: boolean;
  /** Where health checks are answered. */
  monitorPort?: number;
};

const list = (subjects: readonly string[]): string =>
  `[${subjects.map((subject) => JSON.stringify(subject)).join(', ')}]`;

/** An empty list of subjects would mean "all": nothing is said by denying everything. */
const rule = (subjects: readonly string[]): string =>
  subjects.length > 0 ? `{ allow: ${list(subjects)} }` : '{ deny: ">" }';

/** nats-server's own configuration language; understood by 2.9 as by 2.14, but for `sync_interval: always`. */
export const natsConfig = (settings: NatsSettings): string => {
  const users = natsUsers.map((user) => {
    const permissions = permissionsOf(user);
    const rules = permissions
      ? `, permissions: { publish: ${rule(permissions.publish)}, subscribe: ${rule(permissions.subscribe)} }`
      : '';
    return `    { user: ${JSON.stringify(user)}, password: ${settings.passwordOf(user)}${rules} }`;
  });
  const sync = settings.syncEveryWrite ? ', sync_interval: always' : '';
  return [
    `host: ${JSON.stringify(settings.host)}`,
    `port: ${settings.port}`,
    ...(settings.monitorPort === undefined ? [] : [`http_port: ${settings.monitorPort}`]),
    'server_name: "emporium"',
    'max_payload: 4MB',
    `jetstream { store_dir: ${JSON.stringify(settings.storeFolder)}${sync} }`,
    'authorization {',
    '  users = [',
    users.join('\n'),
    '  ]',
    '}',
    '',
  ].join('\n');
};
