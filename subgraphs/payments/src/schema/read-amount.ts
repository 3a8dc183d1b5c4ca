import { isPositive, type Money } from '@emporium/domain';
import { badUserInput, type MoneyInput, readMoney } from '@emporium/subgraph';

/** What was sent, above zero. */
export const readAmount = (input: MoneyInput, field: string): Money => {
  const amount = readMoney(input, field);
  if (!isPositive(amount)) throw badUserInput('The amount must be above zero.', field);
  return amount;
};
