import { showMoney } from '@emporium/subgraph';
import type { WalletEntryView } from '../application/views.ts';

/** Words for what happened to a wallet, for people to read: "Funds released: £50.00 from order …". */
export const walletMessage = ({ kind, amount, orderId }: WalletEntryView): string => {
  const isIn = amount.minor > 0n;
  const money = format({ ...amount, minor: isIn ? amount.minor : -amount.minor });
  const order = orderId === null ? '' : ` ${isIn ? 'from' : 'for'} order ${orderId}`;
  return `${titles[kind][isIn ? 'in' : 'out']}: ${money}${order}`;
};

const titles: Record<WalletEntryView['kind'], { readonly in: string; readonly out: string }> = {
  SALE: { in: 'Funds released', out: 'Funds taken back' },
  REFUND: { in: 'Refunded', out: 'Given back' },
  PAYMENT: { in: 'Paid back', out: 'Paid' },
  TOP_UP: { in: 'Topped up', out: 'Topped up' },
  WITHDRAWAL: { in: 'Withdrawal undone', out: 'Withdrawn' },
};

/** Text, not a number, so that no digit is lost. */
const format = (money: WalletEntryView['amount']): string => {
  const { amount, currency } = showMoney(money);
  return new Intl.NumberFormat('en-GB', { style: 'currency', currency }).format(amount as `${number}`);
};
