import DataLoader from 'dataloader';
import type { Address, OrderId, ReturnId, UserId } from '../application/ports.ts';
import type {
  CartView,
  OrderHistory,
  OrderLineView,
  OrderReads,
  OrderView,
  ShipmentView,
} from '../application/reads.ts';
import type { ReturnView } from '../application/returns/return-reads.ts';
import type { Onlooker } from '../domain/may-read.ts';

/** Batches of one request: each kind of row is asked for once, however many orders are shown. */
export type Loaders = {
  readonly order: DataLoader<OrderId, OrderView | null>;
  readonly lines: DataLoader<OrderId, readonly OrderLineView[]>;
  readonly shipments: DataLoader<OrderId, readonly ShipmentView[]>;
  readonly returns: DataLoader<OrderId, readonly ReturnView[]>;
  readonly return: DataLoader<ReturnId, ReturnView | null>;
  readonly history: DataLoader<OrderId, OrderHistory>;
  readonly address: DataLoader<OrderId, Address | null>;
  readonly guestEmail: DataLoader<OrderId, string | null>;
  readonly cart: DataLoader<UserId, CartView>;
  /** After a change: what was read before is out of date. */
  forget(): void;
};

export const createLoaders = (reads: OrderReads, onlooker: Onlooker): Loaders => {
  const loaders = {
    order: new DataLoader<OrderId, OrderView | null>((ids) => reads.orders(ids, onlooker)),
    lines: new DataLoader<OrderId, readonly OrderLineView[]>((ids) => reads.lines(ids)),
    shipments: new DataLoader<OrderId, readonly ShipmentView[]>((ids) => reads.shipments(ids)),
    returns: new DataLoader<OrderId, readonly ReturnView[]>((ids) => reads.returnsOf(ids)),
    return: new DataLoader<ReturnId, ReturnView | null>((ids) => reads.returns(ids)),
    history: new DataLoader<OrderId, OrderHistory>((ids) => reads.histories(ids)),
    address: new DataLoader<OrderId, Address | null>((ids) => reads.addresses(ids)),
    guestEmail: new DataLoader<OrderId, string | null>((ids) => reads.guestEmails(ids)),
    cart: new DataLoader<UserId, CartView>((buyers) => Promise.all(buyers.map((id) => reads.cart(id)))),
  };
  return {
    ...loaders,
    forget: () => {
      for (const loader of Object.values(loaders)) loader.clearAll();
    },
  };
};
