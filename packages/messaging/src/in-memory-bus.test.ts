import { orderConfirmed } from '@emporium/contracts';
import { asId, asInstant } from '@emporium/domain';
import { describe, expect, it } from 'vitest';
import { createInMemoryBus } from './in-memory-bus.ts';
import { outgoing } from './outgoing.ts';
import { subscriber } from './subscriber.ts';
import { ack, park } from './verdict.ts';

const confirmed = (orderId: string) =>
  outgoing(
    orderConfirmed,
    { orderId: asId<'Order'>(orderId) },
    { aggregateId: orderId, occurredAt: asInstant('2026-01-02T03:04:05.678Z') },
  );
type Heard = { readonly heard: string[] };
const listening = subscriber(orderConfirmed, async ({ heard }: Heard, { payload }) => {
  heard.push(payload.orderId);
  return ack;
});

describe('the in-memory bus', () => {
  it('gives each message to each consumer once', async () => {
    const bus = createInMemoryBus();
    const [inventory, payments] = [{ heard: [] as string[] }, { heard: [] as string[] }];
    bus.connect('inventory', inventory, [listening]);
    bus.connect('payments', payments, [listening]);
    const message = confirmed('o1');
    bus.publish([message, message, confirmed('o2')]);
    await bus.settle();
    expect(inventory.heard).toEqual(['o1', 'o2']);
    expect(payments.heard).toEqual(['o1', 'o2']);
  });

  it('delivers what handlers publish, and names its cause', async () => {
    const bus = createInMemoryBus();
    const first = confirmed('o1');
    const chain = subscriber(orderConfirmed, async (_ports: object, { payload }) => {
      if (payload.orderId === 'o1') bus.publish([confirmed('o2')]);
      return ack;
    });
    bus.connect('inventory', {}, [chain]);
    bus.publish([first]);
    await bus.settle();
    expect(bus.published[1]?.envelope).toMatchObject({ causationId: first.id, correlationId: 'o1' });
  });

  it('shows what was parked', async () => {
    const bus = createInMemoryBus();
    const message = confirmed('o1');
    bus.connect('inventory', {}, [subscriber(orderConfirmed, async () => park('not ours'))]);
    bus.publish([message]);
    await bus.settle();
    expect(bus.parked).toEqual([{ consumer: 'inventory_orders-confirmed', message, reason: 'not ours' }]);
  });

  it('fails the test whose handler throws', async () => {
    const bus = createInMemoryBus();
    const broken = subscriber(orderConfirmed, async () => {
      throw new Error('a bug');
    });
    bus.connect('inventory', {}, [broken]);
    bus.publish([confirmed('o1')]);
    await expect(bus.settle()).rejects.toThrow('a bug');
  });
});
