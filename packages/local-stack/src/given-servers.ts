/** Servers that the environment names: they are used, or nothing is; never is another taken in their place. */
import { sqlState, withClient } from '@emporium/database';
import { connect } from 'nats';
import type { Environment } from './environment.ts';
import { redisAnswers } from './redis/redis.ts';
import { StackError } from './stack-error.ts';

/** The URLs given, each of which answered. */
export type GivenServers = { database?: string; nats?: string; redis?: string };

const withoutPassword = (url: URL): string => {
  const shown = new URL(url);
  if (shown.password !== '') shown.password = '***';
  return shown.toString();
};

const parse = (name: string, text: string, protocols: readonly string[]): URL => {
  const wanted = protocols.map((protocol) => `${protocol}//…`).join(' or ');
  if (!URL.canParse(text)) throw new StackError(`${name} is not a URL: it must look like ${wanted}`);
  const url = new URL(text);
  if (!protocols.includes(url.protocol))
    throw new StackError(`${name} must begin with ${wanted}: ${withoutPassword(url)}`);
  return url;
};

const noAnswer = (name: string, url: URL, reason: string): StackError =>
  new StackError(
    `${name} does not answer (${withoutPassword(url)}: ${reason}). Start that server, or unset ${name}.`,
  );

const reasonOf = (error: unknown): string => {
  const { code, message } = error as { code?: string; message?: string };
  return message || code || String(error);
};

const databaseIsMissing = '3D000';

const checkDatabase = async (text: string): Promise<string> => {
  const url = parse('DATABASE_URL', text, ['postgresql:', 'postgres:']);
  if (url.pathname.length < 2)
    throw new StackError('DATABASE_URL names no database: end it with /emporium, for example.');
  try {
    await withClient(text, (client) => client.query('SELECT 1'));
  } catch (error) {
    // A server that has everything but our database is all that is needed.
    if (sqlState(error) !== databaseIsMissing) throw noAnswer('DATABASE_URL', url, reasonOf(error));
  }
  return text;
};

/** What the NATS client takes instead of credentials within a URL. */
export const natsConnection = (text: string) => {
  const { host, username, password } = new URL(text);
  const credentials =
    username === '' ? {} : { user: decodeURIComponent(username), pass: decodeURIComponent(password) };
  return { servers: host, ...credentials };
};

const checkNats = async (text: string): Promise<string> => {
  const url = parse('NATS_URL', text, ['nats:', 'tls:']);
  try {
    const client = await connect({ ...natsConnection(text), timeout: 3_000, reconnect: false });
    try {
      await (await client.jetstreamManager()).getAccountInfo();
    } finally {
      await client.close();
    }
  } catch (error) {
    const reason = reasonOf(error);
    throw noAnswer('NATS_URL', url, reason === '503' ? 'JetStream is off; start it with -js' : reason);
  }
  return text;
};

const checkRedis = async (text: string): Promise<string> => {
  const url = parse('REDIS_URL', text, ['redis:', 'rediss:']);
  if (!(await redisAnswers(text))) throw noAnswer('REDIS_URL', url, 'no answer');
  return text;
};

/** Asks each server that the environment names. @throws StackError that names the first that does not answer. */
export const checkGivenServers = async (env: Environment): Promise<GivenServers> => {
  const [database, nats, redis] = await Promise.all([
    env.DATABASE_URL ? checkDatabase(env.DATABASE_URL) : undefined,
    env.NATS_URL ? checkNats(env.NATS_URL) : undefined,
    env.REDIS_URL ? checkRedis(env.REDIS_URL) : undefined,
  ]);
  return {
    ...(database === undefined ? {} : { database }),
    ...(nats === undefined ? {} : { nats }),
    ...(redis === undefined ? {} : { redis }),
  };
};
