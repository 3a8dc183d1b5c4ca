import { createPrivateKey, randomUUID, sign } from 'node:crypto';
import { setTimeout as rest } from 'node:timers/promises';
import { type Client, connect, dataOf } from '@emporium/client';
import { signingKey } from '@emporium/local-stack';
import { eventually } from '@emporium/testing';
import { expect, it } from 'vitest';
import { ownGraph } from '../graph/own-graph.ts';

const [old, young] = [signingKey(), signingKey()];
const json = JSON.stringify;
/** Read at each start of the service: what a step of the README changes in its environment. */
const environment: Record<string, string> = { ACCESS_TOKEN_SIGNING_KEY: json(old) };
const graph = ownGraph({ services: ['users', 'orders', 'gateway'], extraEnv: { users: environment } });

const kidOf = ({ token }: Client): string =>
  JSON.parse(Buffer.from(token?.split('.')[0] ?? '', 'base64url').toString()).kid;

const encode = (value: object) => Buffer.from(json(value)).toString('base64url');

/** What users would sign with the young key, though it does not yet: whoever takes it knows the key. */
const signedByYoung = (): string => {
  const exp = Math.floor(Date.now() / 1000) + 60;
  const claims = { iss: 'emporium-users', aud: 'emporium', sub: randomUUID(), exp };
  const content = `${encode({ alg: 'EdDSA', kid: young.kid })}.${encode(claims)}`;
  const key = createPrivateKey({ key: young, format: 'jwk' });
  return `${content}.${sign(null, Buffer.from(content), key).toString('base64url')}`;
};

/** Between two rounds of questions: whoever never rested would take a processor from the service that starts. */
const restMs = 20;

/** Asks for each of its clients in turn, again and again until it is stopped and each was asked for, what needs a good token, and not users. */
const keepAsking = (first: Client) => {
  const times = new Map([[first, 0]]);
  let going = true;
  const asking = (async () => {
    while (going || [...times.values()].includes(0)) {
      for (const [client, count] of times) {
        dataOf(await client.request('{ cart { total { amount } } }'));
        times.set(client, count + 1);
      }
      await rest(restMs);
    }
  })();
  // Seen by whoever stops it, and until then no surprise.
  asking.catch(() => {});
  return {
    add: (client: Client) => times.set(client, 0),
    /** How often it asked for each. */
    stop: async (): Promise<number[]> => {
      going = false;
      await asking;
      return [...times.values()];
    },
  };
};

it('the key of access tokens changes without a request refused', async () => {
  const shop = connect(`${graph().gatewayUrl}/graphql`);
  const account = [`${randomUUID()}@emporium.test`, 'correct horse battery'] as const;
  const before = await shop.signUp(...account, 'Ada');
  const asking = keepAsking(before);
  const step = async (change: Record<string, string>) => {
    Object.assign(environment, change);
    await graph().restart('users');
    // On a busy machine the gateway may take a moment to believe that users is back.
    const client = await eventually(() => shop.signIn(...account), { timeout: 30_000, every: 250 });
    asking.add(client);
    return kidOf(client);
  };

  expect(kidOf(before)).toBe(old.kid);
  expect(await step({ ACCESS_TOKEN_NEXT_KEYS: json([young]) })).toBe(old.kid);
  await eventually(
    async () => expect((await shop.withToken(signedByYoung()).request('{ __typename }')).status).toBe(200),
    { timeout: 15_000, every: 100 },
  );
  expect(
    await step({
      ACCESS_TOKEN_SIGNING_KEY: json(young),
      ACCESS_TOKEN_NEXT_KEYS: '',
      ACCESS_TOKEN_PREVIOUS_KEYS: json([old]),
    }),
  ).toBe(young.kid);
  expect(await step({ ACCESS_TOKEN_PREVIOUS_KEYS: '' })).toBe(young.kid);

  const counts = await asking.stop();
  expect(counts).toHaveLength(4);
  for (const count of counts) expect(count).toBeGreaterThan(0);
}, 120_000);
