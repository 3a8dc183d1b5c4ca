import { cartChanged, orderPlaced, paymentReleased } from '@emporium/contracts';
import { expect, it } from 'vitest';
import { orderNews } from './order-news.ts';

it('is what we tell of orders, and nothing of carts', () => {
  expect(orderNews).toContain(orderPlaced);
  expect(orderNews.length).toBeGreaterThanOrEqual(7);
  expect(orderNews).not.toContain(cartChanged);
  expect(orderNews).not.toContain(paymentReleased);
});
