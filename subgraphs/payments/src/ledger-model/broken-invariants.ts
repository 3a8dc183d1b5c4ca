import { commissionOn } from '../domain/commission.ts';
import { convert } from '../domain/conversion.ts';
import { type Journal, signed } from '../domain/journal.ts';
import type { Memory } from './memory-keeper.ts';

/** What must always hold of money, asked of the model; nothing when it does. */
export const brokenInvariants = ({ payments, journals, balances }: Memory): string[] => [
  ...unbalanced(journals),
  ...wrongBalances(journals, balances),
  ...capturedTwice(journals),
  ...wrongCommission(payments, balances),
  ...wrongConversions(journals),
  ...[...payments].flatMap(([orderId, kept]) => wrongSettlement(orderId, kept)),
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

/** Currencies meet only where a rate is said, and what was taken is valued by the present one, or as was promised. */
const wrongConversions = (journals: Journals): string[] =>
  [...journals.values()].flatMap(({ idempotencyKey: key, kind, entries, conversion }) => {
    const sumOf = (...ids: string[]) =>
      entries
        .filter(({ account }) => ids.some((id) => account.id.startsWith(id)))
        .reduce((sum, entry) => sum + (kind === 'RELEASE' ? signed(entry) : -signed(entry)), 0n);
    const currencies = new Set(entries.map(({ account }) => account.currency));
    if (!conversion) return currencies.size === 1 ? [] : [`${key} mixes currencies and says no rate`];
    const { rate, present } = conversion;
    const source = -(sumOf(`fx:taken:${rate.from}`) + sumOf(`fx:given:${rate.from}`));
    const value = sumOf(`fx:given:${rate.to}`) + sumOf(`fx:taken:${rate.to}`);
    const target = -entries
      .filter(({ account: { id, currency } }) => currency === rate.to && /^(wallet|claims):/.test(id))
      .reduce((sum, entry) => sum + (kind === 'RELEASE' ? signed(entry) : -signed(entry)), 0n);
    const isPromised = kind !== 'RELEASE' || target === convert(source, rate);
    const isValued = value === (present ? convert(source, present) : target);
    return isPromised && isValued ? [] : [`${key} gives ${target}, worth ${value}, for ${source}`];
  });

/** Who is paid in another currency has of a shipment, at every moment, what its rate makes of what they kept. */
const wrongSettlement = (orderId: string, { payment, events }: Kept): string[] => {
  if (payment.status !== 'captured') return [];
  return payment.escrows.flatMap(({ shipmentId, settlement, state, ...escrow }) => {
    const { amount, refunded, reclaimed, commissionRate } = escrow;
    if (!settlement || state !== 'released') return [];
    const settled = events.reduce((sum, event) => {
      if (event.type === 'Released' && event.shipment.shipmentId === shipmentId)
        return sum + (event.conversion?.target.minor ?? 0n);
      if (event.type === 'Reclaimed' && event.shipmentId === shipmentId)
        return sum - event.fromWallet.minor - event.fromPlatform.minor;
      return sum;
    }, 0n);
    const kept = amount.minor - refunded - reclaimed;
    const due = convert(kept - commissionOn(kept, commissionRate), settlement);
    return settled === due ? [] : [`${shipmentId} of ${orderId} is settled with ${settled}, not ${due}`];
  });
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
