import { showMoney } from '@emporium/subgraph';
import type { ReturnView } from '../../application/returns/return-reads.ts';

export const showReturn = ({ said, refund, ...view }: ReturnView) => ({
  __typename: 'Return' as const,
  ...view,
  refund: refund && showMoney(refund),
  comment: said.REQUEST ?? null,
  sellerComment: said.REJECTION ?? said.RECEIPT ?? null,
});
