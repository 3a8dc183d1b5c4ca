export { type LocalNats, type NatsOptions, startNats } from './nats/nats.ts';
export { type NatsPasswords, type NatsUser, randomNatsPasswords } from './nats/nats-accounts.ts';
export { type LocalPostgres, type PostgresOptions, startPostgres } from './postgres/postgres.ts';
export { freePort } from './processes/free-port.ts';
export { stopOrphans } from './processes/orphans.ts';
export { isOurs, readPidFiles, writePidFile } from './processes/pid-file.ts';
export { type LocalRedis, type RedisOptions, startRedis } from './redis/redis.ts';
export { StackError } from './stack-error.ts';
