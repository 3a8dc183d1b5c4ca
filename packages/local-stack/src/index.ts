export { restoreBackup } from './backup/restore-backup.ts';
export { type BackupProgress, takeBackup } from './backup/take-backup.ts';
export { natsConnection } from './given-servers.ts';
export { type Graph, type GraphMember, type GraphOptions, graphMembers, startGraph } from './graph.ts';
export { type LocalNats, type NatsOptions, startNats } from './nats/nats.ts';
export { type NatsPasswords, type NatsUser, randomNatsPasswords } from './nats/nats-accounts.ts';
export { natsConfig } from './nats/nats-config.ts';
export { newPrivateJwk } from './new-private-jwk.ts';
export { type LocalPostgres, type PostgresOptions, startPostgres } from './postgres/postgres.ts';
export { freePort } from './processes/free-port.ts';
export { stopOrphans } from './processes/orphans.ts';
export { isOurs, readPidFiles, writePidFile } from './processes/pid-file.ts';
export { type LocalRedis, type RedisOptions, startRedis } from './redis/redis.ts';
export { ownDataFolder } from './repository.ts';
export {
  dataKey,
  publicHalf,
  publicKeySet,
  recipientKey,
  type SigningKey,
  signingKey,
} from './secrets.ts';
export { strictFields } from './services/service-environment.ts';
export { StackError } from './stack-error.ts';
export { type RunningStack, runningStack } from './stack-file.ts';
