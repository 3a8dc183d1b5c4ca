import { expect, it } from 'vitest';
import { watchBystanders } from './bystanders.ts';
import type { ShopFront } from './shop-front.ts';

const account = { email: 'ada@example.org', address: '100.64.0.1', token: 'token' };
const frontThat = (query: ShopFront['query']) => ({ query }) as ShopFront;

it('says how long each answer took', async () => {
  const until = new Promise((resolve) => setTimeout(resolve, 50));
  const took = await watchBystanders(
    frontThat(async () => null),
    [account],
    until,
  );
  expect(took.length).toBeGreaterThan(0);
});

it('throws what the storm throws, and nothing is left unheard', async () => {
  const until = Promise.reject(new Error('a login was late'));
  await expect(
    watchBystanders(
      frontThat(async () => null),
      [account],
      until,
    ),
  ).rejects.toThrow('was late');
});

it('throws what an answer throws once the storm is over', async () => {
  const until = new Promise((resolve) => setTimeout(resolve, 50));
  const failing = frontThat(() => Promise.reject(new Error('no answer')));
  await expect(watchBystanders(failing, [account], until)).rejects.toThrow('no answer');
});
