import { randomUUID } from 'node:crypto';
import { type Client, connect } from '@emporium/client';
import { eventually } from '@emporium/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { follow } from '../graph/operations.ts';
import { type Article, openShop } from '../graph/shop.ts';
import { wholeGraph } from '../graph/whole-graph.ts';
import { openSocket } from './socket.ts';

const { gatewayUrl } = wholeGraph();
const shop = openShop(gatewayUrl);
const password = 'correct horse battery';
const me = '{ me { name } }';

let article: Article;
beforeAll(async () => {
  article = await shop.newArticle(await shop.newSeller());
});

/** Somebody who is signed in twice. */
const twice = async () => {
  const email = `${randomUUID()}@emporium.test`;
  const first = await connect(shop.url).signUp(email, password, 'Ada');
  return { email, first, second: await connect(shop.url).signIn(email, password) };
};

/** Watches an order of the client's over WebSocket, until the socket is closed: with which code. */
const watch = async (client: Client) => {
  await shop.addToCart(client, article.variantId, 1);
  const { id } = await shop.placeOrder(client);
  const socket = openSocket(shop.url, client.token);
  await socket.subscribe(follow, { orderId: id });
  return socket;
};

const codeOf = async (client: Client) => (await client.request(me)).errors[0]?.extensions?.code ?? null;

/** Waits until the client is refused; answers after how long, in milliseconds. */
const untilRefused = async (client: Client, since: number): Promise<number> => {
  await eventually(async () => expect(await codeOf(client)).toBe('UNAUTHENTICATED'), { every: 20 });
  return performance.now() - since;
};

const currentId = async (client: Client) => {
  type Answer = { mySessions: { edges: { node: { id: string; isCurrent: boolean } }[] } };
  const query = '{ mySessions { edges { node { id isCurrent } } } }';
  const { mySessions } = await shop.ask<Answer>(client, query);
  return mySessions.edges.find(({ node }) => node.isCurrent)?.node.id ?? '';
};

describe('logging out everywhere', () => {
  it('ends every access token and socket of the viewer within a second, and nobody else’s', async () => {
    const [{ email, first, second }, eve] = [await twice(), await shop.person('Eve')];
    const [watched, untouched] = [await watch(first), await watch(eve)];
    expect([await codeOf(first), await codeOf(second)]).toEqual([null, null]);

    const since = performance.now();
    expect(await shop.ask(second, 'mutation { logoutEverywhere }')).toEqual({ logoutEverywhere: true });
    const [, , code] = await Promise.all([
      untilRefused(first, since),
      untilRefused(second, since),
      watched.closed,
    ]);
    expect(performance.now() - since).toBeLessThan(1_000);
    expect(code).toBe(4403);

    expect(await codeOf(eve)).toBeNull();
    expect(untouched.isOpen()).toBe(true);
    untouched.close();
    const again = await connect(shop.url).signIn(email, password);
    expect(await codeOf(again)).toBeNull();
  });
});

describe('ending one session', () => {
  it.each([
    [
      'by its id',
      async (first: Client, second: Client) => {
        const mutation = 'mutation ($id: ID!) { revokeSession(id: $id) { __typename } }';
        await shop.ask(second, mutation, { id: await currentId(first) });
      },
    ],
    [
      'by a logout of its own',
      async (first: Client) => {
        await shop.ask(first, 'mutation { logout }');
      },
    ],
  ])('%s ends its access token and socket, and leaves the other', async (_how, end) => {
    const { first, second } = await twice();
    const [watched, other] = [await watch(first), await watch(second)];
    await end(first, second);
    const since = performance.now();
    const [took, code] = await Promise.all([untilRefused(first, since), watched.closed]);
    expect(took).toBeLessThan(1_000);
    expect(code).toBe(4403);
    expect(await codeOf(second)).toBeNull();
    expect(other.isOpen()).toBe(true);
    other.close();
  });

  it('of somebody else is as ending one that never was', async () => {
    const [ada, eve] = [await shop.person('Ada'), await shop.person('Eve')];
    const mutation = `mutation ($id: ID!) { revokeSession(id: $id) { ... on SessionRefusal { code message } } }`;
    const foreign = await shop.ask(eve, mutation, { id: await currentId(ada) });
    const unknown = await shop.ask(eve, mutation, { id: randomUUID() });
    expect(foreign).toMatchObject({ revokeSession: { code: 'NOT_FOUND' } });
    expect(foreign).toEqual(unknown);
    expect(await codeOf(ada)).toBeNull();
  });
});
