/** Where a fault can be planted: each seam passes through what the world is made of, and a fault changes what passes. */
import type { Subscriber } from '@emporium/messaging';
import type { Broker, Delivery, Inbox } from '@emporium/messaging/parts';
import type { Ports as InventoryPorts } from '../../../subgraphs/inventory/src/application/ports.ts';
import type { OrderFeed } from '../../../subgraphs/orders/src/application/follow-order.ts';
import type { Ports as OrderPorts } from '../../../subgraphs/orders/src/application/ports.ts';
import type { CardProvider } from '../../../subgraphs/payments/src/application/card-provider.ts';
import type { Ports as PaymentPorts } from '../../../subgraphs/payments/src/application/ports.ts';

export type Seams = {
  readonly inbox: (inbox: Inbox) => Inbox;
  readonly delivery: (delivery: Delivery) => Delivery;
  readonly publisher: (broker: Broker) => Broker;
  readonly provider: (provider: CardProvider) => CardProvider;
  readonly feed: (feed: OrderFeed) => OrderFeed;
  readonly orders: (ports: OrderPorts) => OrderPorts;
  readonly inventory: (ports: InventoryPorts) => InventoryPorts;
  readonly payments: (ports: PaymentPorts) => PaymentPorts;
  readonly inventoryHears: (
    subscribers: readonly Subscriber<InventoryPorts>[],
  ) => readonly Subscriber<InventoryPorts>[];
  /** Messages are appended by the transaction that they tell of. */
  readonly appendsInTransaction: boolean;
  /** Whoever takes stock has it alone, and there is never less than none. */
  readonly guardsStock: boolean;
  /** A balance that would be below zero is refused. */
  readonly guardsBalances: boolean;
  /** Steps are counted from when their question was published. */
  readonly countsFromPublication: boolean;
  /** A copy takes only what is newer than it is. */
  readonly comparesVersions: boolean;
};

const asItIs = <T>(value: T): T => value;

/** Nothing is planted. */
export const soundSeams: Seams = {
  inbox: asItIs,
  delivery: asItIs,
  publisher: asItIs,
  provider: asItIs,
  feed: asItIs,
  orders: asItIs,
  inventory: asItIs,
  payments: asItIs,
  inventoryHears: asItIs,
  appendsInTransaction: true,
  guardsStock: true,
  guardsBalances: true,
  countsFromPublication: true,
  comparesVersions: true,
};
