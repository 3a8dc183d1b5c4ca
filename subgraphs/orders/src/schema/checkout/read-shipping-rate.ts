import { badUserInput, type MoneyInput, readMoney, showMoney } from '@emporium/subgraph';
import type {
  NewShippingRate,
  ShippingRateKey,
  ShippingRateView,
} from '../../application/checkout/rule-views.ts';
import type { RemoveShippingRateInput, SetShippingRateInput } from './shipping-rate.type.ts';

const mostDays = 365;

/** An amount that is not below nothing. */
export const readAmount = (value: MoneyInput, field: string) => {
  const money = readMoney(value, field);
  if (money.minor < 0n) throw badUserInput('The amount must not be below zero.', field);
  return money;
};

/** Checks what a client could have checked alone. */
export const readShippingRate = (input: SetShippingRateInput): Omit<NewShippingRate, 'owner'> => {
  const { country, method, minDays, maxDays } = input;
  if (minDays < 0 || maxDays > mostDays || minDays > maxDays) {
    throw badUserInput(
      `\`minDays\` and \`maxDays\` must be 0 to ${mostDays}, in this order.`,
      'input.maxDays',
    );
  }
  const read = (name: 'flat' | 'perItem' | 'freeFrom') => {
    const value = input[name];
    return value ? readAmount(value, `input.${name}`) : null;
  };
  const [flat, perItem, freeFrom] = [read('flat'), read('perItem'), read('freeFrom')];
  const amounts = [flat, perItem, freeFrom].filter((amount) => amount !== null);
  if (new Set(amounts.map(({ currency }) => currency)).size > 1) {
    throw badUserInput('All amounts of a rate must be in one currency.', 'input.flat');
  }
  return {
    country,
    method,
    currency: amounts[0]?.currency ?? null,
    flatMinor: flat?.minor ?? 0n,
    perItemMinor: perItem?.minor ?? 0n,
    freeFromMinor: freeFrom?.minor ?? null,
    minDays,
    maxDays,
  };
};

export const readRateKey = ({
  country,
  method,
  currency,
}: RemoveShippingRateInput): Omit<ShippingRateKey, 'owner'> => ({
  country,
  method,
  currency: currency ?? null,
});

export const showShippingRate = (rate: ShippingRateView) => {
  const { id, version, country, method, currency, minDays, maxDays } = rate;
  const show = (minor: bigint | null) =>
    currency === null || minor === null ? null : showMoney({ minor, currency });
  return {
    __typename: 'ShippingRate' as const,
    ...{ id, version, country, method, minDays, maxDays },
    flat: show(rate.flatMinor),
    perItem: show(rate.perItemMinor),
    freeFrom: show(rate.freeFromMinor),
  };
};
