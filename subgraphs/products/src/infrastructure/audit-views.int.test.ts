import { postgresAdapter } from '@emporium/subgraph';
import { testDatabase } from '@emporium/testing';
import { expect, it } from 'vitest';
import { gbp, openShop, seller } from '../test-shop.ts';
import { PrismaClient } from './generated/client.ts';

it('auditors see that others were told, and nothing else', async () => {
  const { url, auditorUrl } = await testDatabase('products');
  const shop = await openShop(url);
  const auditor = new PrismaClient({ adapter: postgresAdapter(auditorUrl, 'products', 1) });
  try {
    await shop.offer(seller, [{ title: 'Mug', variants: [{ sku: 'MUG', price: gbp('5') }] }]);
    expect(await auditor.$queryRaw`SELECT * FROM audit_outbox ORDER BY event_id LIMIT 1`).toEqual([
      {
        event_id: expect.any(String),
        subject: 'emporium.products.variants-changed.v1',
        aggregate_id: seller.id,
        correlation_id: seller.id,
        created_at: expect.any(Date),
        published_at: null,
        stream_sequence: null,
      },
    ]);
    await auditor.$queryRaw`SELECT consumer, event_id, handled_at FROM audit_inbox`;
    await auditor.$queryRaw`SELECT consumer, event_id, subject, reason, resolution FROM audit_parked`;
    await expect(auditor.$queryRaw`SELECT * FROM products`).rejects.toThrow('permission denied');
  } finally {
    await auditor.$disconnect();
    await shop.close();
  }
});
