import { Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { createMetrics } from './metrics.ts';

it('shows operators what waits, what went, and what became of what came', async () => {
  const registry = new Registry();
  const metrics = createMetrics(registry);
  metrics.count('inventory_orders-placed', 'handled');
  metrics.count('inventory_orders-placed', 'parked', 2);
  metrics.published(3);
  metrics.lag(1.5);
  metrics.leads(true);
  const shown = await registry.metrics();
  for (const line of [
    'emporium_messages_total{consumer="inventory_orders-placed",outcome="handled"} 1',
    'emporium_messages_total{consumer="inventory_orders-placed",outcome="parked"} 2',
    'emporium_outbox_published_total 3',
    'emporium_outbox_lag_seconds 1.5',
    'emporium_relay_leader 1',
  ]) {
    expect(shown).toContain(line);
  }
});
