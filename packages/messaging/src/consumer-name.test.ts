import { orderPlaced } from '@emporium/contracts';
import { expect, it } from 'vitest';
import { consumerName } from './consumer-name.ts';

it('names the one who hears and what is heard', () => {
  expect(consumerName('inventory', orderPlaced)).toBe('inventory_orders-placed');
  expect(consumerName('inventory', { ...orderPlaced, version: 2 })).toBe('inventory_orders-placed-v2');
});
