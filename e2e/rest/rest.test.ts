import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { wholeGraph } from '../graph/whole-graph.ts';

const api = async (path: string, init: RequestInit = {}) => {
  const response = await fetch(`${wholeGraph().gatewayUrl}/api${path}`, init);
  return { status: response.status, body: await response.json() };
};
const post = (path: string, input: object, authorization?: string) =>
  api(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(authorization ? { authorization } : {}) },
    body: JSON.stringify({ input }),
  });

describe('the shop over REST', () => {
  it('lets somebody register, sign in and look at themselves and at products', async () => {
    const password = 'correct horse battery staple';
    const email = `${randomUUID()}@example.test`;
    expect((await post('/register', { email, password, name: 'Ada' })).status).toBe(200);
    const login = await post('/login', { email, password });
    expect(login.status).toBe(200);
    const authorization = `Bearer ${(login.body as { accessToken: string }).accessToken}`;
    const me = await api('/me', { headers: { authorization } });
    expect([me.status, me.body]).toMatchObject([200, { name: 'Ada', email }]);
    const products = await api('/products?first=1');
    expect(products.status).toBe(200);
    const [edge] = (products.body as { edges: { node: { id: string; slug: string } }[] }).edges;
    expect(await api(`/product?slug=${edge?.node.slug}`)).toEqual(await api(`/product/${edge?.node.id}`));
    expect((await api(`/product?slug=${edge?.node.slug}`)).body).toMatchObject({ id: edge?.node.id });
    expect((await api('/cart', { headers: { authorization } })).status).toBe(200);
  });
});
