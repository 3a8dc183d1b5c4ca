import { createHmac, randomBytes } from 'node:crypto';
import { createCounter, take } from '@emporium/redis';
import { sourceOf } from '@emporium/subgraph';
import type { Redis } from 'ioredis';
import type { Guests } from '../application/open-guest-cart.ts';

const anHour = 3600;

/** How much the guests of one network may do in an hour. */
export type GuestLimits = { readonly carts: number; readonly orders: number };

/** Tokens of guests, and how many carts and orders one network makes in an hour: counted in Redis, for all replicas together. */
export const createGuests = (redis: Redis, { carts, orders }: GuestLimits): Guests => {
  const opened = createCounter(redis, 'orders:guest-carts', carts, anHour);
  const placed = createCounter(redis, 'orders:guest-orders', orders, anHour);
  return {
    newToken,
    admit: (address) => take(opened, sourceOf(address)),
    admitOrder: (address) => take(placed, sourceOf(address)),
    orderToken,
  };
};

/** 43 characters. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** Says nothing of the cart's token, nor of other orders'; 43 characters, too. */
export const orderToken: Guests['orderToken'] = (cartToken, orderId) =>
  createHmac('sha256', cartToken).update(`order ${orderId}`).digest('base64url');
