import { asId } from '@emporium/domain';
import { describe, expect, it } from 'vitest';
import { faultOf } from './check-journal.ts';
import { commissionOn } from './commission.ts';
import {
  capture,
  coverLoss,
  type Journal,
  reclaim,
  recovery,
  refund,
  release,
  settlePayout,
  settleRefund,
  signed,
  topUp,
  withdraw,
  writeOff,
} from './journal.ts';

/** Numbers from 0 to 1, the same on every machine (Park and Miller's generator). */
const seeded = (seed: number) => {
  let state = seed + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
};

const everyJournal = (random: () => number): Journal[] => {
  const whole = (below: number) => Math.floor(random() * below);
  const currency = ['GBP', 'EUR', 'JPY'][whole(3)] ?? 'GBP';
  const money = (minor: bigint) => ({ minor, currency });
  const shares = Array.from({ length: 1 + whole(20) }, (_, index) => ({
    shipmentId: asId<'Shipment'>(`shipment-${index}`),
    sellerId: asId<'User'>(`seller-${whole(3)}`),
    amount: money(BigInt(whole(2 ** 35))),
  }));
  const total = money(shares.reduce((sum, { amount }) => sum + amount.minor, 0n));
  const orderId = asId<'Order'>('order');
  const requestId = asId<'WalletRequest'>('request');
  const userId = asId<'User'>('seller-0');
  const refundId = asId<'Refund'>('refund');
  const sources = (['CARD', 'WALLET'] as const).map((method) => ({
    ...{ orderId, buyerId: userId, method },
    provider: 'stripe' as const,
  }));
  return [
    ...sources.map((source) => capture(source, asId('payment'), total, shares)),
    ...sources.map((source) => refund(source, refundId, total, shares)),
    ...sources.map((source) =>
      reclaim(source, refundId, {
        ...{ sellerId: asId(`seller-${whole(3)}`), fromWallet: total },
        fromCommission: money(BigInt(whole(1000))),
        fromPlatform: money(BigInt(whole(1000))),
      }),
    ),
    ...shares.map((share) =>
      release(orderId, share.sellerId, share, money(commissionOn(share.amount.minor, whole(10_001)))),
    ),
    settleRefund(orderId, refundId, total),
    topUp(userId, requestId, total),
    withdraw(userId, requestId, total),
    settlePayout(requestId, total),
  ];
};

const journals = Array.from({ length: 300 }, (_, seed) => everyJournal(seeded(seed))).flat();

describe('every journal that can be built', () => {
  it('has no fault: it sums to zero, names an account once, and never moves nothing', () => {
    expect(journals.filter((journal) => journal.entries.length > 0 && faultOf(journal) !== null)).toEqual(
      [],
    );
  });
});

describe('a journal', () => {
  const requestId = asId<'WalletRequest'>('request');
  const paidIn = (minor: bigint, currency = 'GBP') => topUp(asId('potter'), requestId, { minor, currency });

  it.each([
    [0n, 'NO_ENTRIES'],
    [-1n, 'AMOUNT_INVALID'],
    [1.5 as unknown as bigint, 'AMOUNT_INVALID'],
    ['7' as unknown as bigint, 'AMOUNT_INVALID'],
    [10n ** 12n + 1n, 'AMOUNT_TOO_LARGE'],
    [10n ** 12n, null],
  ])('of %s has the fault %s', (minor, fault) => expect(faultOf(paidIn(minor))).toBe(fault));

  it.each(['gbp', 'POUND', ''])('of the currency "%s" is refused', (currency) =>
    expect(faultOf(paidIn(1n, currency))).toBe('CURRENCY_INVALID'),
  );
  it('of one entry is refused', () => {
    const { entries, ...rest } = paidIn(5n);
    expect(faultOf({ ...rest, entries: entries.slice(1) })).toBe('UNBALANCED');
  });
  it('that balances only across currencies is refused', () => {
    const { entries, ...rest } = paidIn(5n);
    const euros = paidIn(5n, 'EUR').entries.slice(1);
    expect(faultOf({ ...rest, entries: [...entries.slice(0, 1), ...euros] })).toBe('UNBALANCED');
  });
  it('that names an account twice is refused', () => {
    const { entries, ...rest } = paidIn(5n);
    expect(faultOf({ ...rest, entries: [...entries, ...entries] })).toBe('ACCOUNT_TWICE');
  });
  it('of a fee above the sale is refused', () => {
    const share = { shipmentId: asId<'Shipment'>('jar'), amount: { minor: 5n, currency: 'GBP' } };
    const fee = { minor: 6n, currency: 'GBP' };
    expect(faultOf(release(asId('order'), asId('potter'), share, fee))).toBe('AMOUNT_INVALID');
  });
});

describe('the books', () => {
  const gbp = { minor: 500n, currency: 'GBP' };
  const share = { shipmentId: asId<'Shipment'>('jar'), amount: gbp };
  const source = {
    orderId: asId<'Order'>('order'),
    buyerId: asId<'User'>('buyer'),
    method: 'CARD',
    provider: 'sandbox',
  } as const;
  const lines = ({ entries }: Journal) => entries.map((entry) => [entry.account.id, signed(entry)]);

  it('hold what a card paid in escrow', () =>
    expect(lines(capture(source, asId('payment'), gbp, [share]))).toEqual([
      ['provider:card:GBP', 500n],
      ['escrow:jar', -500n],
    ]));
  it('hold what a card paid at whoever took it, and pay it back from there', () => {
    const paid = capture({ ...source, provider: 'stripe' }, asId('payment'), gbp, [share]);
    expect(lines(paid)[0]).toEqual(['provider:stripe:GBP', 500n]);
    const back = settleRefund(asId('order'), asId('refund'), gbp, 'stripe');
    expect(lines(back)[1]).toEqual(['provider:stripe:GBP', -500n]);
    expect(back.actor).toBe('provider:stripe');
  });
  it('hold what a wallet paid in escrow', () =>
    expect(lines(capture({ ...source, method: 'WALLET' }, asId('payment'), gbp, [share]))).toEqual([
      ['wallet:buyer:GBP', 500n],
      ['escrow:jar', -500n],
    ]));
  it('give released escrow to the seller', () =>
    expect(lines(release(source.orderId, asId('potter'), share))).toEqual([
      ['escrow:jar', 500n],
      ['wallet:potter:GBP', -500n],
    ]));
  it('keep the marketplace’s fee of a sale', () =>
    expect(lines(release(source.orderId, asId('potter'), share, { minor: 50n, currency: 'GBP' }))).toEqual([
      ['escrow:jar', 500n],
      ['wallet:potter:GBP', -450n],
      ['platform:fees:GBP', -50n],
    ]));
  it('give a buyer back of the marketplace’s own', () => {
    const refundId = asId<'Refund'>('refund');
    expect(lines(coverLoss(source, refundId, gbp))).toEqual([
      ['platform:loss:GBP', 500n],
      ['refunds-due:refund', -500n],
    ]);
    expect(lines(coverLoss({ ...source, method: 'WALLET' }, refundId, gbp))[1]).toEqual([
      'wallet:buyer:GBP',
      -500n,
    ]);
  });
  it('write off what somebody owes and never makes good', () =>
    expect(lines(writeOff(asId('potter'), asId('w'), gbp, asId('admin')))).toEqual([
      ['platform:write-offs:GBP', 500n],
      ['claims:potter:GBP', -500n],
    ]));
  it('owe a refund to the card until the provider has paid it', () => {
    const refundId = asId<'Refund'>('refund');
    expect(lines(refund(source, refundId, gbp, [share]))).toEqual([
      ['escrow:jar', 500n],
      ['refunds-due:refund', -500n],
    ]);
    expect(lines(settleRefund(source.orderId, refundId, gbp))).toEqual([
      ['refunds-due:refund', 500n],
      ['provider:card:GBP', -500n],
    ]);
  });
  it('take back what a seller has had, and the rest is theirs to make good', () => {
    const refundId = asId<'Refund'>('refund');
    const from = { sellerId: asId<'User'>('potter'), fromCommission: { ...gbp, minor: 50n } };
    const parts = { fromWallet: { ...gbp, minor: 150n }, fromPlatform: { ...gbp, minor: 300n } };
    expect(lines(reclaim(source, refundId, { ...from, ...parts }))).toEqual([
      ['wallet:potter:GBP', 150n],
      ['platform:fees:GBP', 50n],
      ['claims:potter:GBP', 300n],
      ['refunds-due:refund', -500n],
    ]);
  });
  it('have who owes make it good', () =>
    expect(lines(recovery(asId('potter'), asId('r'), gbp))).toEqual([
      ['wallet:potter:GBP', 500n],
      ['claims:potter:GBP', -500n],
    ]));
  it('owe a withdrawal until the provider has paid it', () => {
    const requestId = asId<'WalletRequest'>('request');
    expect(lines(withdraw(asId('potter'), requestId, gbp))).toEqual([
      ['wallet:potter:GBP', 500n],
      ['payouts-due:request', -500n],
    ]);
    expect(lines(settlePayout(requestId, gbp))).toEqual([
      ['payouts-due:request', 500n],
      ['provider:card:GBP', -500n],
    ]);
  });
});
