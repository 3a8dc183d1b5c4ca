import { showMoney } from '@emporium/subgraph';
import type { WalletEntryView } from '../application/views.ts';

/** Words for what happened to a wallet, for people to read: "Funds released: £50.00 from order …", and what it was converted from. */
export const walletMessage = ({ kind, amount, orderId, conversion }: WalletEntryView): string => {
  const isIn = amount.minor > 0n;
  const order = orderId === null ? '' : ` ${isIn ? 'from' : 'for'} order ${orderId}`;
  const converted = conversion ? `, converted from ${format(conversion.from)}` : '';
  return `${titles[kind][isIn ? 'in' : 'out']}: ${format(amount)}${order}${converted}`;
};

const titles: Record<WalletEntryView['kind'], { readonly in: string; readonly out: string }> = {
  SALE: { in: 'Funds released', out: 'Funds taken back' },
  REFUND: { in: 'Refunded', out: 'Given back' },
  PAYMENT: { in: 'Paid back', out: 'Paid' },
  TOP_UP: { in: 'Topped up', out: 'Topped up' },
  WITHDRAWAL: { in: 'Withdrawal undone', out: 'Withdrawn' },
  RECOVERY: { in: 'Debt undone', out: 'Debt paid' },
};

/** Without its sign. Text, not a number, so that no digit is lost. */
const format = ({ minor, currency: of }: WalletEntryView['amount']): string => {
  const { amount, currency } = showMoney({ minor: minor < 0n ? -minor : minor, currency: of });
  return new Intl.NumberFormat('en-GB', { style: 'currency', currency }).format(amount as `${number}`);
};
