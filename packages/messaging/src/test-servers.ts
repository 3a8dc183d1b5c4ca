/** The Postgres and the NATS of these tests. */
import type { TestServers } from './test-subgraph.ts';

export const testServers = async (): Promise<TestServers> => ({
  databaseUrl: 'postgres://postgres@127.0.0.1:54399/postgres',
  natsUrl: 'nats://127.0.0.1:42299',
});
