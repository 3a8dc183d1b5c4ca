/** Sales to sellers who want another currency, from the decision to the books. */
import { asId } from '@emporium/domain';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { faultOf } from './check-journal.ts';
import { crossRate, type EuroRate, isBookable, type Rate } from './conversion.ts';
import { decide } from './decide-payment.ts';
import { evolve } from './evolve-payment.ts';
import { type Journal, signed } from './journal.ts';
import { journalOf } from './journal-of-event.ts';
import { initial, type Payment, type PaymentCommand, type Terms } from './payment.ts';

const decimals = { EUR: 2, GBP: 2, JPY: 0, KWD: 3 } as const;
type Currency = keyof typeof decimals;

const currency = fc.constantFrom<Currency>('EUR', 'GBP', 'JPY', 'KWD');
const euroRate = (of: Currency) =>
  fc.bigInt({ min: 1000n, max: 10n ** 9n }).map(
    (millionths): EuroRate => ({
      ...{ currency: of, decimals: decimals[of] },
      ...(of === 'EUR' ? { millionths: 1_000_000n, date: null } : { millionths, date: '2026-01-31' }),
    }),
  );
const pair = fc.tuple(currency, currency).filter(([from, to]) => from !== to);
const rateOf = ([from, to]: readonly [Currency, Currency]) =>
  fc.tuple(euroRate(from), euroRate(to)).map(([taken, given]) => crossRate(taken, given) as Rate);

const sale = pair.chain((currencies) =>
  fc.record({
    settlement: rateOf(currencies),
    /** The present rate at the release, and then at each part that goes back; null where none is known. */
    presents: fc.array(fc.option(rateOf(currencies)), { minLength: 8, maxLength: 8 }),
    commissionRate: fc.integer({ min: 0, max: 10_000 }),
    before: fc.bigInt({ min: 0n, max: 500n }),
    parts: fc.array(fc.bigInt({ min: 1n, max: 3000n }), { minLength: 1, maxLength: 6 }),
    /** What of the seller's wallet is there when a part goes back, in hundredths of what it had. */
    left: fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 6, maxLength: 6 }),
    method: fc.constantFrom<'CARD' | 'WALLET'>('CARD', 'WALLET'),
  }),
);

const sumOf = (journals: readonly Journal[], pattern: RegExp): bigint =>
  journals
    .flatMap(({ entries }) => entries)
    .filter(({ account }) => pattern.test(account.id))
    .reduce((sum, entry) => sum + signed(entry), 0n);

it('what was credited goes back in any sequence of parts, to the minor unit, and every journal balances', () =>
  fc.assert(
    fc.property(sale, ({ settlement, presents, commissionRate, before, parts, left, method }) => {
      const { from, to } = settlement;
      const total = { minor: parts.reduce((sum, part) => sum + part, before), currency: from };
      fc.pre(isBookable(total.minor, settlement));
      const [shipmentId, sellerId] = [asId<'Shipment'>('jar'), asId<'User'>('potter')];
      const shipment = { shipmentId, sellerId, amount: total, commissionRate, settlement };
      const terms: Terms = {
        ...{ orderId: asId('order'), paymentId: asId('payment'), buyerId: asId('buyer') },
        ...{ method, provider: 'sandbox', total, shipments: [shipment] },
      };
      const journals: Journal[] = [];
      let payment: Payment = initial;
      const tell = (command: PaymentCommand, present: Rate | null = null): void => {
        const decision = decide(command, payment);
        if (!decision.ok) throw new Error(decision.refusal);
        for (const event of decision.events) {
          const journal = journalOf(event, terms, present);
          if (journal) journals.push(journal);
        }
        payment = decision.events.reduce(evolve, payment);
      };
      const goBack = (minor: bigint, index: number, sellerFunds: bigint): void =>
        tell(
          {
            ...{ type: 'GiveBack', shipmentId, amount: { minor, currency: from }, sellerFunds },
            ...{ refundId: asId(`refund-${index}`), hasArrived: false },
          },
          presents[index + 1] ?? null,
        );
      tell({ type: 'Request', terms, funds: method === 'CARD' ? 'CARD' : total.minor });
      tell({ type: 'StartCapture' });
      tell({ type: 'ConfirmCapture', captureId: 'capture', refundId: asId('none') });
      if (before > 0n) goBack(before, 6, 0n);
      tell({ type: 'Release', shipmentId }, presents[0] ?? null);
      const credited = -sumOf(journals, /^wallet:potter:/);
      for (const [index, part] of parts.entries())
        goBack(part, index, (credited * BigInt(left[index] ?? 0)) / 100n);

      expect(journals.filter((journal) => faultOf(journal) !== null)).toEqual([]);
      // The seller, or the platform for them, gave back what was credited; the buyer has what they paid.
      expect(sumOf(journals, new RegExp(`^(wallet:potter|claims:potter):${to}$`))).toBe(0n);
      expect(-sumOf(journals, /^(refunds-due|wallet:buyer)/)).toBe(method === 'CARD' ? total.minor : 0n);
      expect(sumOf(journals, /^platform:fees:/)).toBe(0n);
      // Of the sale's currency as much was given as was taken; of the other the difference is what was gained or lost.
      expect(sumOf(journals, new RegExp(`^fx:(taken|given):${from}$`))).toBe(0n);
      expect(sumOf(journals, new RegExp(`^fx:(taken|given):${to}$`))).toBe(
        -sumOf(journals, /^platform:fx-/),
      );
    }),
  ));
