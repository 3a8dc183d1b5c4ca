import { asId, asInstant } from '@emporium/domain';
import { specify } from '@emporium/testing';
import { describe, expect, it } from 'vitest';
import { decide } from './decide-payment.ts';
import { evolve } from './evolve-payment.ts';
import { initial, type PaymentCommand, type PaymentEvent, type Terms } from './payment.ts';

const given = specify({ decide, evolve, initial });

const gbp = (minor: number) => ({ minor: BigInt(minor), currency: 'GBP' });
const at = asInstant('2026-01-31T09:30:00.000Z');
const paymentId = asId<'Payment'>('payment');
const refundId = asId<'Refund'>('refund');
const jar = {
  shipmentId: asId<'Shipment'>('jar'),
  sellerId: asId<'User'>('potter'),
  amount: gbp(700),
  commissionRate: 0,
};
const book = {
  shipmentId: asId<'Shipment'>('book'),
  sellerId: asId<'User'>('binder'),
  amount: gbp(300),
  commissionRate: 0,
};
const share = ({ shipmentId, amount }: typeof jar) => ({ shipmentId, amount });

const card: Terms = {
  orderId: asId('order'),
  paymentId,
  buyerId: asId('buyer'),
  method: 'CARD',
  provider: 'sandbox',
  total: gbp(1000),
  shipments: [jar, book],
};
const wallet: Terms = { ...card, method: 'WALLET' };

const request: PaymentCommand = { type: 'Request', terms: card, funds: 'CARD' };
const start: PaymentCommand = { type: 'StartCapture' };
const confirm: PaymentCommand = { type: 'ConfirmCapture', captureId: 'capture', refundId };
const decline: PaymentCommand = { type: 'DeclineCapture', reason: 'CARD_DECLINED' };
const abandon: PaymentCommand = { type: 'AbandonCapture' };
const cancel: PaymentCommand = { type: 'Cancel', paymentId, refundId, paidOut: [] };
const ship: PaymentCommand = { type: 'Ship', shipmentId: jar.shipmentId, at };
const release: PaymentCommand = { type: 'Release', shipmentId: jar.shipmentId };
const settle: PaymentCommand = { type: 'SettleRefund', refundId };
const fromWallet = (funds: bigint): PaymentCommand => ({ type: 'Request', terms: wallet, funds });

const requested: PaymentEvent = { type: 'Requested', terms: card };
const requestedOfWallet: PaymentEvent = { type: 'Requested', terms: wallet };
const toStripe: PaymentCommand = { type: 'ChangeProvider', provider: 'stripe' };
const toStripeChanged: PaymentEvent = { type: 'ProviderChanged', provider: 'stripe' };
const action = { url: 'https://bank.test/3ds', clientSecret: null };
const require: PaymentCommand = { type: 'RequireAction', action };
const required: PaymentEvent = { type: 'ActionRequired', action };
const started: PaymentEvent = { type: 'CaptureStarted' };
const captured: PaymentEvent = { type: 'Captured', captureId: 'capture' };
const capturedFromWallet: PaymentEvent = { type: 'Captured', captureId: null };
const declined: PaymentEvent = { type: 'Declined', reason: 'CARD_DECLINED' };
const voided: PaymentEvent = { type: 'Voided', paymentId };
const cancelRequested: PaymentEvent = { type: 'CancelRequested' };
const shipped: PaymentEvent = { type: 'Shipped', shipmentId: jar.shipmentId, at };
const released: PaymentEvent = {
  type: 'Released',
  shipment: { ...share(jar), sellerId: jar.sellerId },
  commission: gbp(0),
  disputeId: null,
};
const refunded: PaymentEvent = {
  type: 'RefundRecorded',
  refundId,
  amount: gbp(1000),
  shares: [share(jar), share(book)],
};
const settled: PaymentEvent = { type: 'RefundSettled', refundId, amount: gbp(1000) };

const byCard = [requested, started, captured];

describe('a payment by card', () => {
  it('waits to be captured', () => given().when(request).yields(requested));
  it('is requested once', () => given(requested).when(request).yields());
  it('is declined when no card came with it', () =>
    given()
      .when({ ...request, funds: 'NO_CARD' })
      .yields(requested, declined));
  it('is marked before the provider is asked', () => given(requested).when(start).yields(started));
  it('is marked once', () => given(requested, started).when(start).yields());
  it('is captured', () => given(requested, started).when(confirm).yields(captured));
  it('is captured once', () =>
    given(...byCard)
      .when(confirm)
      .yields());
  it('is declined', () => given(requested, started).when(decline).yields(declined));
  it('is declined once', () => given(requested, started, declined).when(decline).yields());
  it('is not abandoned while its order lives', () => given(requested, started).when(abandon).yields());
  it('is a matter for a person when money comes in that nobody asked for', () =>
    given(requested, voided).when(confirm).refuses('CAPTURE_UNEXPECTED'));
});

describe('a payment that is being asked for', () => {
  const stripe = { ...card, provider: 'stripe' } as const;

  it('goes to another provider', () => given(requested, started).when(toStripe).yields(toStripeChanged));
  it('goes nowhere when its order has ended', () =>
    given(requested, started, cancelRequested).when(toStripe).yields());
  it('goes nowhere when its money was taken', () =>
    given(requested, started, captured).when(toStripe).yields());
  it('keeps who was asked in the end', () =>
    expect([requested, started, toStripeChanged].reduce(evolve, initial)).toMatchObject({ terms: stripe }));
  it('waits for its buyer', () => given(requested, started).when(require).yields(required));
  it('tells its buyer once', () => given(requested, started, required).when(require).yields());
  it('asks no buyer for anything when its order has ended', () =>
    given(requested, started, cancelRequested).when(require).yields());
  it('is taken when its buyer has done what they must', () =>
    given(requested, started, required).when(confirm).yields(captured));
  it('is called off while its buyer has yet to do something', () => {
    given(requested, started, required).when(cancel).yields(cancelRequested);
    given(requested, started, required, cancelRequested).when(abandon).yields(voided);
  });
});

describe('a payment from a wallet', () => {
  it('is captured at once', () =>
    given().when(fromWallet(1000n)).yields(requestedOfWallet, capturedFromWallet));
  it('is declined when the wallet holds less', () =>
    given()
      .when(fromWallet(999n))
      .yields(requestedOfWallet, { type: 'Declined', reason: 'INSUFFICIENT_FUNDS' }));
  it('goes back to the wallet at once', () =>
    given(requestedOfWallet, capturedFromWallet).when(cancel).yields(refunded, settled));
});

describe('a payment that does not add up', () => {
  const terms = (change: Partial<Terms>): PaymentCommand => ({ ...request, terms: { ...card, ...change } });

  it.each<[string, PaymentCommand]>([
    ['costs nothing', terms({ total: gbp(0), shipments: [{ ...jar, amount: gbp(0) }] })],
    ['costs more than its shipments', terms({ total: gbp(1001) })],
    [
      'costs less than its shipments',
      terms({ shipments: [jar, book, { ...jar, shipmentId: asId('lid') }] }),
    ],
    ['names a shipment twice', terms({ total: gbp(1400), shipments: [jar, jar] })],
    [
      'has two currencies',
      terms({ shipments: [jar, { ...book, amount: { minor: 300n, currency: 'EUR' } }] }),
    ],
    [
      'has a shipment below zero',
      terms({ total: gbp(400), shipments: [jar, { ...book, amount: gbp(-300) }] }),
    ],
  ])('%s: refused', (_name, command) => given().when(command).refuses('AMOUNTS_DO_NOT_ADD_UP'));
  it('is more than the books take in one journal: refused before the card is asked', () => {
    const whole = gbp(10 ** 12 + 1);
    const tooMuch = terms({ total: whole, shipments: [{ ...jar, amount: whole }] });
    given().when(tooMuch).refuses('AMOUNT_TOO_LARGE');
  });
});

describe('a payment whose order ends', () => {
  it('before it was asked for: nothing will ever be taken', () => given().when(cancel).yields(voided));
  it('before it was asked for: the request changes nothing', () =>
    given(voided).when(request).yields({ type: 'RequestedTooLate', terms: card }));
  it('before it was asked for: heard twice', () =>
    given(voided, { type: 'RequestedTooLate', terms: card }).when(request).yields());
  it('before it was asked for: no provider is asked', () => given(voided).when(start).yields());
  it('twice before it was asked for', () => given(voided).when(cancel).yields());
  it('before the provider was asked', () => given(requested).when(cancel).yields(voided));
  it('before the provider was asked: it never is', () => given(requested, voided).when(start).yields());
  it('while the provider is asked: noted', () =>
    given(requested, started).when(cancel).yields(cancelRequested));
  it('twice while the provider is asked: noted once', () =>
    given(requested, started, cancelRequested).when(cancel).yields());
  it('while the provider is asked, and it pays: captured and refunded in one go', () =>
    given(requested, started, cancelRequested).when(confirm).yields(captured, refunded));
  it('while the provider is asked, and it declines', () =>
    given(requested, started, cancelRequested).when(decline).yields(declined));
  it('while the provider is asked, and it knows of nothing', () =>
    given(requested, started, cancelRequested).when(abandon).yields(voided));
  it('after it was declined: nothing was taken', () =>
    given(requested, started, declined).when(cancel).yields());
  it('after it was captured: refunded', () =>
    given(...byCard)
      .when(cancel)
      .yields(refunded));
  it('after it was captured, twice: refunded once', () =>
    given(...byCard, refunded)
      .when(cancel)
      .yields());
  it('after its dispute was decided for its seller: what they were paid goes back, too', () => {
    const taken = asId<'Refund'>('taken');
    const { shipmentId, sellerId } = jar;
    const looked = {
      ...cancel,
      paidOut: [{ shipmentId, refundId: taken, sellerFunds: 500n }],
    } as PaymentCommand;
    const rest: PaymentEvent = { ...refunded, amount: gbp(300), shares: [share(book)] };
    const reclaimed: PaymentEvent = {
      ...{ type: 'Reclaimed', refundId: taken, amount: gbp(700), shipmentId, sellerId },
      ...{ fromWallet: gbp(500), fromCommission: gbp(0), fromPlatform: gbp(200), withWholeOrder: true },
    };
    given(...byCard, released)
      .when(looked)
      .yields(rest, reclaimed);
    given(...byCard, released, rest, reclaimed)
      .when(looked)
      .yields();
    given(...byCard, released, rest, reclaimed)
      .when({
        type: 'GiveBack',
        refundId,
        shipmentId,
        amount: gbp(700),
        sellerFunds: 0n,
        hasArrived: false,
      })
      .yields();
  });
  it('after both of one seller’s shipments were paid out: what is in the wallet is taken once', () => {
    const ofOne = [jar, { ...book, sellerId: jar.sellerId }];
    const sold: PaymentEvent[] = ofOne.map((each) => ({
      ...released,
      shipment: { ...share(each), sellerId: each.sellerId },
    }));
    const paidOut = ofOne.map(({ shipmentId }) => ({
      ...{ shipmentId, refundId: asId<'Refund'>(shipmentId), sellerFunds: 800n },
    }));
    const takes = (index: number, ofWallet: number, ofPlatform: number): PaymentEvent => ({
      ...{ type: 'Reclaimed', refundId: asId<'Refund'>(ofOne[index]?.shipmentId ?? '') },
      ...{ shipmentId: ofOne[index]?.shipmentId ?? asId(''), sellerId: jar.sellerId },
      ...{ amount: ofOne[index]?.amount ?? gbp(0), fromCommission: gbp(0), withWholeOrder: true },
      ...{ fromWallet: gbp(ofWallet), fromPlatform: gbp(ofPlatform) },
    });
    given({ type: 'Requested', terms: { ...card, shipments: ofOne } }, started, captured, ...sold)
      .when({ ...cancel, paidOut } as PaymentCommand)
      .yields(takes(0, 700, 0), takes(1, 100, 200));
  });
  it('and is settled when the provider has given it back', () =>
    given(...byCard, refunded)
      .when(settle)
      .yields(settled));
  it('and is settled once', () =>
    given(...byCard, refunded, settled)
      .when(settle)
      .yields());
});

describe('escrow', () => {
  it('is on the clock from shipping', () =>
    given(...byCard)
      .when(ship)
      .yields(shipped));
  it('is on the clock from the first time', () =>
    given(...byCard, shipped)
      .when(ship)
      .yields());
  it('is released to its seller', () =>
    given(...byCard, shipped)
      .when(release)
      .yields(released));
  it('is released even when the news of shipping is late', () =>
    given(...byCard)
      .when(release)
      .yields(released));
  it('is released once', () =>
    given(...byCard, released)
      .when(release)
      .yields());
  it('that was released has no clock', () =>
    given(...byCard, released)
      .when(ship)
      .yields());
  it('that was refunded stays with the buyer', () =>
    given(...byCard, refunded)
      .when(release)
      .yields());
  it('of what arrived and was all sent back is released, to pay its seller nothing, once', () => {
    const back: PaymentEvent = {
      ...{ type: 'RefundRecorded', refundId, amount: jar.amount, shares: [share(jar)] },
      staysHeld: true,
    };
    const nothing: PaymentEvent = {
      ...released,
      shipment: { ...share(jar), amount: gbp(0), sellerId: jar.sellerId },
    };
    given(...byCard, back)
      .when(release)
      .yields(nothing);
    given(...byCard, back, nothing)
      .when(release)
      .yields();
  });
  it('of a payment without money is a matter for a person', () =>
    given(requested).when(release).refuses('NOT_CAPTURED'));
  it('of a payment that nobody knows is a matter for a person', () =>
    given().when(ship).refuses('NOT_CAPTURED'));
  it('of another order is a matter for a person', () =>
    given(...byCard)
      .when({ type: 'Release', shipmentId: asId('other') })
      .refuses('UNKNOWN_SHIPMENT'));
});

describe('what is given back of a disputed shipment', () => {
  const disputeId = asId<'Dispute'>('dispute');
  const { shipmentId, sellerId } = jar;
  const opened: PaymentEvent = { type: 'DisputeOpened', disputeId, shipmentId, reason: 'DAMAGED' };
  const heldBack: PaymentEvent = { type: 'ReleaseHeldBack', shipmentId };
  const ended = (outcome: 'BUYER' | 'LAPSED', back: number, rest: number): PaymentEvent => ({
    ...{ type: 'DisputeEnded', disputeId, shipmentId, outcome },
    ...{ by: outcome === 'BUYER' ? asId('admin') : null, refunded: gbp(back), released: gbp(rest) },
  });
  const recorded = (id: string, minor: number): PaymentEvent => ({
    ...{ type: 'RefundRecorded', refundId: asId(id), amount: gbp(minor) },
    shares: [{ shipmentId, amount: gbp(minor) }],
  });
  const staying = (event: PaymentEvent) => ({ ...event, staysHeld: true }) as PaymentEvent;
  const giveBack = (minor: number, hasArrived = true): PaymentCommand => ({
    ...{ type: 'GiveBack', refundId, shipmentId, amount: gbp(minor), sellerFunds: 1000n, hasArrived },
  });
  const inFull = [...byCard, opened, ended('BUYER', 700, 0), recorded('decided', 700)];

  it('comes out of escrow, which stays frozen for the rest', () =>
    given(...byCard, opened)
      .when(giveBack(200))
      .yields(staying(recorded('refund', 200))));
  it('leaves nothing to decide or to release when it is all of it', () => {
    given(...byCard, opened, heldBack)
      .when(giveBack(700))
      .yields(ended('LAPSED', 0, 0), recorded('refund', 700));
    given(...byCard, opened, heldBack, ended('LAPSED', 0, 0), recorded('refund', 700))
      .when(release)
      .yields();
  });
  it('is what the decision left of it', () => {
    const paidOut: PaymentEvent = {
      ...released,
      ...{ shipment: { shipmentId, sellerId, amount: gbp(100) }, disputeId },
    };
    given(...byCard, opened, ended('BUYER', 600, 100), recorded('decided', 600), paidOut)
      .when(giveBack(300))
      .yields({
        ...{ type: 'Reclaimed', refundId, amount: gbp(100), shipmentId, sellerId },
        ...{ fromWallet: gbp(100), fromCommission: gbp(0), fromPlatform: gbp(0) },
      });
  });
  it('is told of a return when nothing is left, and of a part that was called off it is not', () => {
    given(...inFull)
      .when(giveBack(300))
      .yields({ type: 'RefundSettled', refundId, amount: gbp(0) });
    given(...inFull)
      .when(giveBack(0))
      .yields();
    given(...inFull)
      .when(giveBack(300, false))
      .yields();
  });
  it('goes back once when the last part and the whole order are called off, whichever is heard first', () => {
    given(...byCard, recorded('part', 700))
      .when(cancel)
      .yields({ ...refunded, amount: gbp(300), shares: [share(book)] });
    const whole = { ...refunded, refundId: asId<'Refund'>('whole') } as PaymentEvent;
    given(...byCard, whole)
      .when(giveBack(700, false))
      .yields();
  });
  it('is not disputed once all of it went back', () =>
    given(...byCard, staying(recorded('refund', 700)))
      .when({ type: 'OpenDispute', disputeId, shipmentId, reason: 'OTHER' })
      .refuses('ALREADY_REFUNDED'));
});

describe('events in every order', () => {
  const heard: PaymentCommand[] = [request, cancel, start, confirm, settle];

  const ordersOf = (commands: readonly PaymentCommand[]): PaymentCommand[][] =>
    commands.length < 2
      ? [[...commands]]
      : commands.flatMap((first) =>
          ordersOf(commands.filter((each) => each !== first)).map((rest) => [first, ...rest]),
        );

  it.each(ordersOf(heard).map((order) => [order.map(({ type }) => type).join(', '), order] as const))(
    '%s: what was captured was refunded, once',
    (_name, order) => {
      const events: PaymentEvent[] = [];
      // Twice over, since everything may be heard twice; then until the worker has nothing left to do.
      for (const command of [...order, ...order, start, confirm, settle]) {
        const decision = decide(command, events.reduce(evolve, initial));
        if (decision.ok) events.push(...decision.events);
      }
      const total = (type: PaymentEvent['type']) => events.filter((event) => event.type === type).length;
      expect(total('Captured')).toBe(total('RefundRecorded'));
      expect(total('RefundRecorded')).toBe(total('RefundSettled'));
      expect(total('Captured') + total('Voided')).toBe(1);
    },
  );
});
