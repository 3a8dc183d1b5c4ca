import { customer, decided, each, only, open, type Policy, refusals } from '@emporium/subgraph';
import { actsFor, maySee } from '../domain/actor.ts';

const adjusters = [only(customer), decided(actsFor, ['seller', 'admin'], 'refusal NOT_FOUND')];

/** What is on sale is for everybody; what is not, its seller and ADMIN see. */
const visible = (otherwise: 'NULL' | 'NOT_FOUND') =>
  decided(maySee, ['seller', 'admin'], otherwise, 'it is off sale');

/** Who may see and call what of inventory. */
export const policy: Policy = {
  Mutation: {
    adjustStock: adjusters,
    bulkAdjustStock: adjusters,
  },
  Subscription: {
    stockChanged: visible('NOT_FOUND'),
  },
  ProductVariant: {
    id: open,
    availability: visible('NULL'),
  },
  Availability: each(open, 'available', 'inStock'),
  BulkAdjustStockPayload: { results: open },
  ...refusals('AdjustStockRefusal'),
};
