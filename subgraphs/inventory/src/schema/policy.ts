import {
  customer,
  decided,
  each,
  only,
  open,
  own,
  type Policy,
  refusals,
  type Seat,
  those,
} from '@emporium/subgraph';
import { actsFor, mayLookInside, maySee } from '../domain/actor.ts';
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
export const policy: Policy = {
  Mutation: {
    adjustStock: adjusters,
    bulkAdjustStock: adjusters,
    createStockLocation: [
      only(customer),
      decided(mayKeepLocations, ['seller', 'rival', 'admin'], 'refusal NOT_A_SELLER'),
      own,
    ],
    updateStockLocation: adjusters,
  },
  Subscription: {
    stockChanged: visible('NOT_FOUND'),
  },
  ProductVariant: {
    id: open,
    availability: visible('NULL'),
    stockLevels: decided(mayLookInside, insiders, 'NULL'),
  },
  Seller: {
    id: open,
    stockLocations: only(insideSeller, 'NULL'),
  },
  StockLocation: each(open, 'id', 'locationCode', 'name', 'active', 'priority', 'isDefault'),
  StockLevel: each(open, 'location', 'available', 'reserved', 'sold'),
  Availability: each(open, 'available', 'inStock'),
  BulkAdjustStockPayload: { results: open },
  ...refusals('AdjustStockRefusal', 'StockLocationRefusal'),
};
