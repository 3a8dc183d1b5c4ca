import { type NatsPasswords, natsUsers, permissionsOf } from './nats-accounts.ts';

/** What a private NATS is told. */
export type NatsSettings = {
  port: number;
  storeFolder: string;
  passwords: NatsPasswords;
};

const list = (subjects: readonly string[]): string =>
  `[${subjects.map((subject) => JSON.stringify(subject)).join(', ')}]`;

/** An empty list of subjects would mean "all": nothing is said by denying everything. */
const rule = (subjects: readonly string[]): string =>
  subjects.length > 0 ? `{ allow: ${list(subjects)} }` : '{ deny: ">" }';

/** nats-server's own configuration language; understood by 2.9 as by 2.14. */
export const natsConfig = ({ port, storeFolder, passwords }: NatsSettings): string => {
  const users = natsUsers.map((user) => {
    const permissions = permissionsOf(user);
    const rules = permissions
      ? `, permissions: { publish: ${rule(permissions.publish)}, subscribe: ${rule(permissions.subscribe)} }`
      : '';
    return `    { user: ${JSON.stringify(user)}, password: ${JSON.stringify(passwords[user])}${rules} }`;
  });
  return [
    'host: "127.0.0.1"',
    `port: ${port}`,
    'server_name: "emporium"',
    'max_payload: 4MB',
    `jetstream { store_dir: ${JSON.stringify(storeFolder)} }`,
    'authorization {',
    '  users = [',
    users.join('\n'),
    '  ]',
    '}',
    '',
  ].join('\n');
};
