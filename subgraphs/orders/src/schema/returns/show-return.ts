import { showMoney } from '@emporium/subgraph';
import type { ReturnView } from '../../application/returns/return-reads.ts';
import type { ShownBy } from '../show.ts';

export const showReturn = (
  { said, refund, ...view }: ReturnView,
  { byToken = false }: Partial<ShownBy> = {},
) => ({
  __typename: 'Return' as const,
  ...view,
  byToken,
  refund: refund && showMoney(refund),
  comment: said.REQUEST ?? null,
  sellerComment: said.REJECTION ?? said.RECEIPT ?? null,
});
