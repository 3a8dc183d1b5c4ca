import { equals, type Money } from '@emporium/domain';
import { decimalsOf, showMoney } from '@emporium/subgraph';
import { z } from 'zod';

/** Of these PayPal takes whole units alone, whatever ISO 4217 says. */
const whole = ['HUF', 'JPY', 'TWD'];

export const paypalAmount = z.object({
  currency_code: z.string().regex(/^[A-Z]{3}$/),
  value: z.string().regex(/^\d{1,18}(\.\d{1,3})?$/),
});

export type PayPalAmount = z.output<typeof paypalAmount>;

/** An amount as PayPal takes it; null when it takes no such amount. */
export const toPayPal = (money: Money): PayPalAmount | null => {
  const { amount, currency } = showMoney(money);
  if (!whole.includes(currency)) return { currency_code: currency, value: amount };
  const [units = '', fraction = ''] = amount.split('.');
  return /^0*$/.test(fraction) ? { currency_code: currency, value: units } : null;
};

/** The amount that PayPal tells; null when it has more decimals than its currency. */
export const fromPayPal = ({ currency_code: currency, value }: PayPalAmount): Money | null => {
  const decimals = decimalsOf(currency);
  const [units = '', fraction = ''] = value.split('.');
  if (!/^0*$/.test(fraction.slice(decimals))) return null;
  return { minor: BigInt(units + fraction.slice(0, decimals).padEnd(decimals, '0')), currency };
};

/** Whether what PayPal tells is that amount. */
export const isSame = (told: PayPalAmount, money: Money): boolean => {
  const amount = fromPayPal(told);
  return amount !== null && equals(amount, money);
};
