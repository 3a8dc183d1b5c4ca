import { createPrivateKey, randomUUID, sign } from 'node:crypto';
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

/** Asks what needs a good token, and not users, again and again until it is stopped; answers how often. */
const keepAsking = (client: Client) => {
  let going = true;
  const asking = (async () => {
    let times = 0;
    for (; going; times += 1) dataOf(await client.request('{ cart { total { amount } } }'));
    return times;
  })();
  // Seen by whoever stops it, and until then no surprise.
  asking.catch(() => {});
  return () => {
    going = false;
    return asking;
  };
};

it('the key of access tokens changes without a request refused', async () => {
  const shop = connect(`${graph().gatewayUrl}/graphql`);
  const account = [`${randomUUID()}@emporium.test`, 'correct horse battery'] as const;
  const before = await shop.signUp(...account, 'Ada');
  const stops = [keepAsking(before)];
  const step = async (change: Record<string, string>) => {
    Object.assign(environment, change);
    await graph().restart('users');
    const client = await shop.signIn(...account);
    stops.push(keepAsking(client));
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

  const counts = await Promise.all(stops.map((stop) => stop()));
  for (const count of counts) expect(count).toBeGreaterThan(0);
}, 120_000);
