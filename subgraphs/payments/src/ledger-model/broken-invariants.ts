import { commissionOn } from '../domain/commission.ts';
import { type Journal, signed } from '../domain/journal.ts';
import type { Memory } from './memory-keeper.ts';

/** What must always hold of money, asked of the model; nothing when it does. */
export const brokenInvariants = ({ payments, journals, balances }: Memory): string[] => [
  ...unbalanced(journals),
  ...wrongBalances(journals, balances),
  ...capturedTwice(journals),
  ...wrongCommission(payments, balances),
  ...[...payments].flatMap(([orderId, { payment }]) => wrongPayment(orderId, payment, balances)),
];

type Journals = ReadonlyMap<string, Journal>;
type Balances = ReadonlyMap<string, bigint>;

const unbalanced = (journals: Journals): string[] =>
  [...journals.values()]
    .filter(({ entries }) => entries.reduce((sum, entry) => sum + signed(entry), 0n) !== 0n)
    .map(({ idempotencyKey }) => `${idempotencyKey} does not sum to zero`);

const wrongBalances = (journals: Journals, balances: Balances): string[] => {
  const sums = new Map<string, bigint>();
  for (const { account, ...entry } of [...journals.values()].flatMap(({ entries }) => entries)) {
    const change = signed({ account, ...entry });
    const growsByDebits = account.kind === 'ASSET' || account.kind === 'EXPENSE';
    sums.set(account.id, (sums.get(account.id) ?? 0n) + (growsByDebits ? change : -change));
  }
  return [...balances]
    .filter(([id, balance]) => balance < 0n || balance !== sums.get(id))
    .map(([id, balance]) => `${id} has ${balance}, its entries sum to ${sums.get(id)}`);
};

/** The platform has the commission on what sellers have of each shipment, and nothing else. */
const wrongCommission = (payments: Memory['payments'], balances: Balances): string[] => {
  const escrows = [...payments.values()].flatMap(({ payment }) =>
    payment.status === 'captured' ? payment.escrows : [],
  );
  const due = escrows
    .filter(({ state }) => state === 'released')
    .reduce((sum, { amount, refunded, reclaimed, commissionRate }) => {
      const kept = amount.minor - refunded - reclaimed;
      return sum + commissionOn(kept, commissionRate);
    }, 0n);
  const has = balances.get('platform:fees:GBP') ?? 0n;
  return has === due ? [] : [`the platform has a commission of ${has} instead of ${due}`];
};

const capturedTwice = (journals: Journals): string[] => {
  const captured = [...journals.values()]
    .filter(({ kind }) => kind === 'CAPTURE')
    .map(({ cause }) => cause);
  return captured
    .filter((orderId, index) => captured.indexOf(orderId) !== index)
    .map((orderId) => `${orderId} is captured twice`);
};

type Kept = Memory['payments'] extends Map<string, infer Value> ? Value : never;

const wrongPayment = (orderId: string, payment: Kept['payment'], balances: Balances): string[] => {
  if (payment.status !== 'captured') return [];
  const refunded = payment.refunds.reduce((sum, { amount }) => sum + amount.minor, 0n);
  const tooMuch =
    refunded > payment.terms.total.minor ? [`${orderId} is refunded more than was captured`] : [];
  const wrongEscrows = payment.escrows
    .filter(
      ({ shipmentId, state, amount, refunded: back }) =>
        (balances.get(`escrow:${shipmentId}`) ?? 0n) !== (state === 'held' ? amount.minor - back : 0n),
    )
    .map(({ shipmentId, state }) => `${shipmentId} is ${state} and does not hold what it should`);
  const frozen = payment.escrows
    .filter(({ frozenBy, state }) => frozenBy !== null && state !== 'held')
    .map(({ shipmentId, state }) => `${shipmentId} is ${state} and disputed`);
  return [...tooMuch, ...wrongEscrows, ...frozen];
};
