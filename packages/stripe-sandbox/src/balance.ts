/** What moved an account's balance, as Stripe lists it, and how that list can be wrong on demand. */
import { randomUUID } from 'node:crypto';
import type { BalanceTransaction, Charge, Refund, Transfer } from './objects.ts';

type Source = Charge | Refund | Transfer;

/** What is wrong with the list; by the source's own words for it: a value of its metadata, or its transfer group. */
export type BalanceBehaviour = {
  /** Left out. */
  readonly omit?: readonly string[];
  /** Told with another amount. */
  readonly lie?: Readonly<Record<string, number>>;
  /** How many rows a page has at most, whatever is asked for. */
  readonly pageSize?: number;
  /** A page begins with the last row of the one before. */
  readonly repeats?: boolean;
  /** There is always more, and it is always the same. */
  readonly isEndless?: boolean;
};

/** What Stripe keeps of a card's payment for itself. */
export const feeOf = (amount: number): number => Math.round(amount * 0.015) + 20;

const wordsOf = (source: Source): readonly (string | null)[] => [
  ...Object.values(source.metadata),
  source.object === 'transfer' ? source.transfer_group : null,
];

export const createBalance = () => {
  const rows: { readonly transaction: BalanceTransaction; readonly source: Source }[] = [];
  let behaviour: BalanceBehaviour = {};

  const isNamed = (source: Source, words: readonly string[]) =>
    wordsOf(source).some((word) => word !== null && words.includes(word));
  const told = (transaction: BalanceTransaction, source: Source): BalanceTransaction => {
    const [, amount = transaction.amount] =
      Object.entries(behaviour.lie ?? {}).find(([word]) => isNamed(source, [word])) ?? [];
    return { ...transaction, amount, net: amount - transaction.fee };
  };

  return {
    behave: (wanted: BalanceBehaviour): void => {
      behaviour = wanted;
    },
    /** `amount` is below zero where it leaves the account. */
    move: (type: BalanceTransaction['type'], amount: number, source: Source): void => {
      const fee = type === 'charge' ? feeOf(amount) : 0;
      const transaction: BalanceTransaction = {
        ...{ id: `txn_${randomUUID().replaceAll('-', '')}`, object: 'balance_transaction' },
        ...{ amount, fee, net: amount - fee, currency: source.currency, type, source: source.id },
        created: Math.floor(Date.now() / 1000),
      };
      rows.push({ transaction, source });
    },
    /** The last one first. */
    page: (query: URLSearchParams, isExpanded: boolean): object => {
      const [since, until] = ['created[gte]', 'created[lt]'].map((name) => Number(query.get(name) ?? NaN));
      const listed = rows
        .toReversed()
        .filter(({ source }) => !isNamed(source, behaviour.omit ?? []))
        .filter(
          ({ transaction: { created } }) => !(created < (since ?? NaN)) && !(created >= (until ?? NaN)),
        );
      const last = query.get('starting_after');
      const before = last === null ? 0 : listed.findIndex(({ transaction }) => transaction.id === last) + 1;
      const size = Math.min(Number(query.get('limit') ?? 10), behaviour.pageSize ?? 100);
      const begin = behaviour.isEndless ? 0 : before;
      const data = listed
        .slice(behaviour.repeats ? Math.max(0, begin - 1) : begin, begin + size)
        .map(({ transaction, source }) => ({
          ...told(transaction, source),
          ...(isExpanded && { source }),
        }));
      return { object: 'list', data, has_more: behaviour.isEndless || begin + size < listed.length };
    },
  };
};
