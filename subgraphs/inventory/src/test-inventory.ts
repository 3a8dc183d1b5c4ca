/** Inventory on a real database, for tests: events are handed to its subscribers, and the auditor's views are read. */
import { decodeEvent, type EventDefinition, type PayloadOf, variantsChanged } from '@emporium/contracts';
import { asId, asInstant } from '@emporium/domain';
import { outgoing, type Verdict } from '@emporium/messaging';
import { openKeyedReads } from '@emporium/subgraph';
import { createApp } from './application/app.ts';
import { subscribers } from './application/subscribers.ts';
import type { Adjustment } from './domain/adjustment.ts';
import { createTransact, openDatabase } from './infrastructure/database.ts';
import { createReads } from './infrastructure/read-stock.ts';

export const seller = { id: 'seller', isAdmin: false };

const at = asInstant('2026-01-02T03:04:05.678Z');

/** A variant as products tells of it. */
export const variant = (
  id: string,
  changed: { active?: boolean; version?: number; sellerId?: string } = {},
) => ({
  variantId: asId<'Variant'>(id),
  productId: asId<'Product'>('product'),
  sellerId: asId<'User'>(changed.sellerId ?? seller.id),
  sku: `sku-${id}`,
  title: id,
  price: { minor: 100n, currency: 'GBP' },
  active: changed.active ?? true,
  version: changed.version ?? 1,
});

let keys = 0;

/** An adjustment with a key of its own. */
export const adjustment = (
  variantId: string,
  delta: number,
  changed: Partial<Adjustment> = {},
): Adjustment => {
  keys += 1;
  return {
    variantId: asId<'Variant'>(variantId),
    locationId: null,
    delta,
    kind: 'ADJUSTMENT',
    reason: 'counted',
    idempotencyKey: `key-${keys}`,
    ...changed,
  };
};

export const createTestInventory = (urls: { readonly url: string; readonly auditorUrl: string }) => {
  const prisma = openDatabase(urls.url);
  const auditor = openDatabase(urls.auditorUrl);
  const keyed = openKeyedReads(urls.url, 'inventory');
  const alarms = new Map<string, Set<() => void>>();
  const transact = createTransact(prisma, () => {
    for (const listeners of alarms.values()) for (const listener of listeners) listener();
  });
  const app = createApp({
    transact,
    ...createReads(prisma, keyed),
    holdSeconds: 600,
    onStockChanged: (variantId, listener) => {
      const listeners = alarms.get(variantId) ?? new Set();
      alarms.set(variantId, listeners.add(listener));
      return () => listeners.delete(listener);
    },
  });

  const hearTogether = async <Event extends EventDefinition>(
    event: Event,
    payloads: readonly PayloadOf<Event>[],
    within = transact,
  ): Promise<{ readonly verdict: Verdict; readonly eventIds: readonly string[] }> => {
    const subscriber = subscribers.find((each) => each.event.subject === event.subject);
    if (!subscriber) throw new Error(`nobody hears ${event.subject}`);
    const received = payloads.map((payload) => {
      const { envelope } = outgoing(event, payload, { aggregateId: 'test', occurredAt: at });
      return decodeEvent(event, JSON.parse(JSON.stringify(envelope)));
    });
    const verdict = await within((ports) => subscriber.handle(ports, received));
    return { verdict, eventIds: received.map(({ id }) => id) };
  };
  const hear = async <Event extends EventDefinition>(
    event: Event,
    payload: PayloadOf<Event>,
  ): Promise<Verdict> => (await hearTogether(event, [payload])).verdict;

  return {
    app,
    prisma,
    auditor,
    transact,
    hear,
    /** Messages that arrive together, in one transaction; answers their ids, too. */
    hearTogether,
    /** How many feeds still listen. */
    listeners: () => [...alarms.values()].reduce((sum, { size }) => sum + size, 0),
    /** Products puts these on sale. */
    sell: (variants: ReturnType<typeof variant>[]) => hear(variantsChanged, { variants }),
    /** Variants on sale, with so many units each. */
    stock: async (levels: Record<string, number>) => {
      await hear(variantsChanged, { variants: Object.keys(levels).map((id) => variant(id)) });
      const filled = Object.entries(levels).filter(([, units]) => units > 0);
      await app.adjustStock(
        filled.map(([id, units]) => adjustment(id, units, { kind: 'RECEIPT' })),
        seller,
      );
    },
    /** Available, reserved, sold: everywhere together. */
    levels: async (variantId: string) => {
      const [row] = await auditor.$queryRaw<{ available: number; reserved: number; sold: number }[]>`
        SELECT available, reserved, sold FROM audit_stock WHERE variant_id = ${variantId}`;
      if (!row) throw new Error(`inventory has not heard of ${variantId}`);
      return [row.available, row.reserved, row.sold];
    },
    /** The same by location. */
    levelsAt: async (variantId: string) => {
      const rows = await prisma.stockLevel.findMany({ where: { variantId }, include: { location: true } });
      return Object.fromEntries(
        rows.map(({ location, available, reserved, sold }) => [location.code, [available, reserved, sold]]),
      );
    },
    /** Subjects and payloads of the outbox, oldest first. */
    sent: async () => {
      const rows = await prisma.outboxMessage.findMany({ orderBy: { position: 'asc' } });
      return rows.map(({ subject, envelope }) => ({
        subject,
        payload: (envelope as { payload: Record<string, unknown> }).payload,
      }));
    },
    /** What the auditor finds wrong: nothing, always. */
    findings: () => auditor.$queryRaw<unknown[]>`
      SELECT level.variant_id, level.location_id FROM audit_stock_level AS level
      LEFT JOIN (
        SELECT variant_id, location_id, sum(quantity) AS held FROM audit_allocation WHERE active GROUP BY 1, 2
      ) AS allocated USING (variant_id, location_id)
      WHERE available + reserved + sold <> movements_sum OR reserved <> coalesce(held, 0)
        OR least(available, reserved, sold) < 0
      UNION ALL
      SELECT variant_id, location_id FROM audit_stock_level LEFT JOIN (
        SELECT variant_id, location_id, sum(quantity) AS taken FROM audit_allocation
        WHERE state = 'COMMITTED' GROUP BY 1, 2
      ) AS allocated USING (variant_id, location_id)
      WHERE sold <> coalesce(taken, 0)
      UNION ALL
      SELECT variant_id, order_id FROM audit_reservation LEFT JOIN (
        SELECT order_id, variant_id, sum(quantity) AS taken FROM audit_allocation GROUP BY 1, 2
      ) AS allocated USING (order_id, variant_id)
      WHERE waiting < 0 OR quantity <> coalesce(taken, 0) + waiting
      UNION ALL
      SELECT variant_id, order_id FROM (
        SELECT *, sum(waiting) OVER (PARTITION BY variant_id ORDER BY position) AS waiting_then
        FROM audit_backorder WHERE active
      ) AS backorder
      WHERE waiting_then > limit_then OR state NOT IN ('RESERVED', 'COMMITTED')
      UNION ALL
      SELECT variant_id, location_id FROM audit_stock_level AS level
      WHERE active AND available > 0 AND EXISTS (
        SELECT FROM audit_backorder AS waiter
        WHERE waiter.variant_id = level.variant_id AND waiter.active AND waiting > 0
      )
      UNION ALL
      SELECT variant_id, NULL FROM audit_stock LEFT JOIN (
        SELECT variant_id, sum(quantity - waiting) AS held FROM audit_reservation WHERE active GROUP BY 1
      ) AS reserved_lines USING (variant_id)
      WHERE available + reserved + sold <> movements_sum OR reserved <> coalesce(held, 0)`,
    stop: async () => {
      await keyed.close();
      await prisma.$disconnect();
      await auditor.$disconnect();
    },
  };
};

export type TestInventory = ReturnType<typeof createTestInventory>;
