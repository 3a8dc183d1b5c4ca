import { randomBytes } from 'node:crypto';
import { createCounter, take } from '@emporium/redis';
import { sourceOf } from '@emporium/subgraph';
import type { Redis } from 'ioredis';
import type { Guests } from '../application/open-guest-cart.ts';

const anHour = 3600;

/** Tokens of guests' carts, and how many carts one network opens in an hour: counted in Redis, for all replicas together. */
export const createGuests = (redis: Redis, cartsPerHour: number): Guests => {
  const opened = createCounter(redis, 'orders:guest-carts', cartsPerHour, anHour);
  return { newToken, admit: (address) => take(opened, sourceOf(address)) };
};

/** 43 characters. */
export const newToken = (): string => randomBytes(32).toString('base64url');
