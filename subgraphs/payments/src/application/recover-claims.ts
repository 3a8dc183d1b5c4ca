import { fundsOf } from './funds-of.ts';
import type { Transact, Wallet } from './ports.ts';

/** Port: wallets with money in them whose users owe us some of the same currency, up to so many. */
export type FindDebtors = (limit: number) => Promise<readonly Wallet[]>;

/** Has users make good what they owe out of what has come in since; says how many. */
export type RecoverClaims = () => Promise<number>;

const atOnce = 100;

export const createRecoverClaims =
  (transact: Transact, findDebtors: FindDebtors): RecoverClaims =>
  async () => {
    const debtors = await findDebtors(atOnce);
    for (const { userId, currency } of debtors) {
      await transact((ports) => fundsOf(ports, userId, currency));
    }
    return debtors.length;
  };
