import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { openShop } from '../graph/shop.ts';
import { wholeGraph } from '../graph/whole-graph.ts';

const { gatewayUrl, urls } = wholeGraph();
const subgraphs = ['users', 'products', 'inventory', 'orders', 'payments'];
const shop = openShop(gatewayUrl);

const forged = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{"sub":"x","aud":"orders","iss":"emporium-gateway","exp":9999999999}').toString('base64url')}.`;

const ask = async (subgraph: string, query: string, authorization?: string) => {
  const response = await fetch(`${urls[subgraph]}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(authorization ? { authorization } : {}) },
    body: JSON.stringify({ query }),
  });
  return { status: response.status, answer: (await response.json()) as { data?: unknown } };
};

describe.each(subgraphs)('%s, asked directly', (subgraph) => {
  it.each([
    '{ __typename }',
    '{ _service { sdl } }',
    '{ _entities(representations: [{ __typename: "Order", id: "1" }]) { __typename } }',
  ])('answers nothing to %s', async (query) => {
    const { status, answer } = await ask(subgraph, query);
    expect(status).toBe(401);
    expect(answer).not.toHaveProperty('data');
  });
  it('answers nothing to a forged token', async () => {
    expect((await ask(subgraph, '{ __typename }', `Bearer ${forged}`)).status).toBe(401);
  });
  it('answers nothing to the buyer’s own access token', async () => {
    const buyer = await shop.person('Ada');
    expect((await ask(subgraph, '{ __typename }', `Bearer ${buyer.token}`)).status).toBe(401);
  });
  it('closes a WebSocket that brings no token', async () => {
    const socket = new WebSocket(
      `${urls[subgraph]?.replace('http', 'ws')}/graphql`,
      'graphql-transport-ws',
    );
    const closed = new Promise<number>((resolve) => {
      socket.on('close', resolve);
      socket.on('message', () => resolve(0));
    });
    socket.on('open', () => socket.send('{"type":"connection_init"}'));
    expect(await closed).toBe(4403);
  });
});
