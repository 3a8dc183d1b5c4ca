import {
  admin,
  customer,
  decided,
  each,
  only,
  open,
  own,
  type Policy,
  pagesOf,
  refusals,
  type Seat,
  those,
  withOperations,
} from '@emporium/subgraph';
import { actsFor, mayLookInside, maySee } from '../domain/actor.ts';
import { mayEndHold } from '../domain/hold.ts';
import { mayKeepLocations } from '../domain/location.ts';
import { readerOf } from './context.ts';

const adjusters = [only(customer), decided(actsFor, ['seller', 'admin'], 'refusal NOT_FOUND')];

/** What is on sale is for everybody; what is not, its seller and ADMIN see. */
const visible = (otherwise: 'NULL' | 'NOT_FOUND') =>
  decided(maySee, ['seller', 'admin'], otherwise, 'it is off sale');

const insiders: readonly Seat[] = ['seller', 'support', 'admin'];

const insideSeller = those('the seller, SUPPORT or ADMIN', insiders, (viewer, { id }: { id: string }) =>
  mayLookInside(readerOf(viewer), { sellerId: id }),
);

/** Who may see and call what of inventory. */
export const policy: Policy = withOperations('inventory', {
  Query: {
    stockMovements: decided(mayLookInside, insiders, 'NULL'),
  },
  Mutation: {
    adjustStock: adjusters,
    bulkAdjustStock: adjusters,
    republishStock: only(admin),
    createStockLocation: [
      only(customer),
      decided(mayKeepLocations, ['seller', 'rival', 'admin'], 'refusal NOT_A_SELLER'),
      own,
    ],
    updateStockLocation: adjusters,
    setLowStockThreshold: adjusters,
    setBackorder: adjusters,
    reserveStock: [
      only(customer),
      decided(maySee, ['seller', 'admin'], 'refusal NOT_FOUND', 'it is off sale'),
    ],
    releaseReservation: [only(customer), decided(mayEndHold, ['owner', 'admin'], 'refusal NOT_FOUND')],
  },
  Subscription: {
    stockChanged: visible('NOT_FOUND'),
  },
  ProductVariant: {
    id: open,
    availability: visible('NULL'),
    ...each(decided(mayLookInside, insiders, 'NULL'), 'stockLevels', 'lowStockThreshold', 'backorder'),
  },
  Seller: {
    id: open,
    stockLocations: only(insideSeller, 'NULL'),
    lowStock: only(insideSeller, 'NULL'),
  },
  StockLocation: each(open, 'id', 'locationCode', 'name', 'active', 'priority', 'isDefault'),
  StockMovement: each(open, 'id', 'location', 'kind', 'delta', 'reason', 'returnId', 'at'),
  ...pagesOf('StockMovement'),
  ...pagesOf('LowStock'),
  StockReservation: each(open, 'id', 'variant', 'quantity', 'state', 'expiresAt'),
  StockLevel: each(open, 'location', 'available', 'reserved', 'sold'),
  Availability: each(open, 'available', 'inStock', 'backorderable'),
  Backorder: each(open, 'allowed', 'limit', 'waiting'),
  RepublishStockResult: { count: open },
  BulkAdjustStockPayload: { results: open },
  AdjustStockRefusal: each(open, 'message', 'code', 'field'),
  ...refusals(
    'StockLocationRefusal',
    'LowStockThresholdRefusal',
    'BackorderRefusal',
    'StockReservationRefusal',
  ),
});
