import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openShop } from '../graph/shop.ts';
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
    expect((await api('/products?first=1')).status).toBe(200);
    expect((await api('/cart', { headers: { authorization } })).status).toBe(200);
  });

  it('shows a product by its id and by its slug', async () => {
    const shop = openShop(wholeGraph().gatewayUrl);
    const { productId } = await shop.newArticle(await shop.newSeller());
    const byId = await api(`/product/${productId}`);
    expect([byId.status, byId.body]).toMatchObject([200, { id: productId }]);
    const { slug } = byId.body as { slug: string };
    const bySlug = await api(`/product?slug=${slug}`);
    expect([bySlug.status, bySlug.body]).toMatchObject([200, { id: productId, slug }]);
  });
});
