import { asId } from '@emporium/domain';
import { describe, expect, it } from 'vitest';
import {
  capture,
  isBalanced,
  type Journal,
  reclaim,
  refund,
  release,
  settlePayout,
  settleRefund,
  topUp,
  withdraw,
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
    amount: money(BigInt(whole(2 ** 40))),
  }));
  const total = money(shares.reduce((sum, { amount }) => sum + amount.minor, 0n));
  const orderId = asId<'Order'>('order');
  const requestId = asId<'WalletRequest'>('request');
  const userId = asId<'User'>('seller-0');
  const refundId = asId<'Refund'>('refund');
  const sources = (['CARD', 'WALLET'] as const).map((method) => ({ orderId, buyerId: userId, method }));
  return [
    ...sources.map((source) => capture(source, asId('payment'), total, shares)),
    ...sources.map((source) => refund(source, refundId, total, shares)),
    ...sources.map((source) =>
      reclaim(source, refundId, {
        ...{ sellerId: asId(`seller-${whole(3)}`), fromWallet: total },
        fromPlatform: money(BigInt(whole(1000))),
      }),
    ),
    ...shares.map((share) => release(orderId, share.sellerId, share)),
    settleRefund(orderId, refundId, total),
    topUp(userId, requestId, total),
    withdraw(userId, requestId, total),
    settlePayout(requestId, total),
  ];
};

const journals = Array.from({ length: 300 }, (_, seed) => everyJournal(seeded(seed))).flat();

describe('every journal that can be built', () => {
  it('sums to zero', () => {
    expect(journals.filter((journal) => !isBalanced(journal))).toEqual([]);
  });
  it('names an account once, and never moves nothing', () => {
    for (const { entries } of journals) {
      expect(new Set(entries.map(({ account }) => account.id)).size).toBe(entries.length);
      expect(entries.every(({ amount }) => amount !== 0n)).toBe(true);
    }
  });
});

describe('the books', () => {
  const gbp = { minor: 500n, currency: 'GBP' };
  const share = { shipmentId: asId<'Shipment'>('jar'), amount: gbp };
  const source = {
    orderId: asId<'Order'>('order'),
    buyerId: asId<'User'>('buyer'),
    method: 'CARD',
  } as const;
  const lines = ({ entries }: Journal) => entries.map(({ account, amount }) => [account.id, amount]);

  it('hold what a card paid in escrow', () =>
    expect(lines(capture(source, asId('payment'), gbp, [share]))).toEqual([
      ['provider:card:GBP', 500n],
      ['escrow:jar', -500n],
    ]));
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
  it('take back what a seller has had, and the rest from the platform', () => {
    const refundId = asId<'Refund'>('refund');
    const from = { sellerId: asId<'User'>('potter'), fromWallet: { ...gbp, minor: 200n } };
    expect(lines(reclaim(source, refundId, { ...from, fromPlatform: { ...gbp, minor: 300n } }))).toEqual([
      ['wallet:potter:GBP', 200n],
      ['losses:GBP', 300n],
      ['refunds-due:refund', -500n],
    ]);
  });
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
