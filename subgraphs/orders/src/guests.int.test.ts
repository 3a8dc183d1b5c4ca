import { asId } from '@emporium/domain';
import { connectRedis } from '@emporium/redis';
import { createLogger } from '@emporium/subgraph';
import { eventually, type TestRedis, testRedis } from '@emporium/testing';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGuests } from './infrastructure/guests.ts';

let server: TestRedis;
const connections: Redis[] = [];

beforeAll(async () => {
  server = await testRedis();
});
afterAll(async () => {
  for (const redis of connections) redis.disconnect();
  await server.stop();
});

/** One of several that count together. */
const replica = async (carts: number, orders = 1) => {
  const redis = connectRedis(server.url, createLogger('orders', 'silent'), {
    commandTimeout: 2000,
    without: 'counting alone',
  });
  connections.push(redis);
  await eventually(() => redis.status === 'ready');
  return createGuests(redis, { carts, orders });
};

describe('guests of one network', () => {
  it('open so many carts in an hour, at whichever replica, and are told how long to wait', async () => {
    const [one, two] = [await replica(3), await replica(3)];
    const address = '2001:db8:1:2::7';
    expect([await one.admit(address), await two.admit(address), await one.admit(address)]).toEqual([
      null,
      null,
      null,
    ]);
    const wait = await two.admit('2001:db8:1:2:ffff::8');
    expect(wait?.retryAfter).toBeGreaterThan(3000);
    expect(wait?.retryAfter).toBeLessThanOrEqual(3600);
    expect(await two.admit('2001:db8:1:3::7')).toBeNull();
  });
});

describe('orders of guests', () => {
  it('are counted by network, too, and apart from carts', async () => {
    const [one, two] = [await replica(1, 2), await replica(1, 2)];
    const address = '192.0.2.7';
    expect([await one.admitOrder(address), await two.admitOrder(address)]).toEqual([null, null]);
    expect(await one.admitOrder(address)).toEqual({ retryAfter: expect.any(Number) });
    expect(await one.admit(address)).toBeNull();
    expect(await one.admitOrder('192.0.2.8')).toBeNull();
  });

  it('have a token each, which says nothing of the cart’s and is always the same', async () => {
    const guests = await replica(1);
    const [cart, other] = [guests.newToken(), guests.newToken()];
    const [first, second] = [asId<'Order'>('first'), asId<'Order'>('second')];
    const tokens = [
      guests.orderToken(cart, first),
      guests.orderToken(cart, second),
      guests.orderToken(other, first),
    ];
    expect(new Set([...tokens, cart, other]).size).toBe(5);
    for (const token of tokens) expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(guests.orderToken(cart, first)).toBe(tokens[0]);
  });
});

describe('a token', () => {
  it('is 256 bits, never the same', async () => {
    const guests = await replica(1);
    const tokens = Array.from({ length: 1000 }, guests.newToken);
    expect(new Set(tokens).size).toBe(1000);
    for (const token of tokens) expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  });
});
