import type { PurchaseTerms } from '../../../../subgraphs/orders/src/domain/purchase-step.ts';

/** As the configuration has them where nothing is said. */
export const purchaseTerms: PurchaseTerms = {
  RESERVE: { seconds: 10, retries: 1, lastResort: 'FAIL' },
  PAY: { seconds: 15, retries: 1, lastResort: 'FAIL', buyerSeconds: 900 },
  REFUND: { seconds: 900, retries: 3, lastResort: 'PARK' },
};
