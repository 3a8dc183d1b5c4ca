import { decide } from '../domain/decide-payment.ts';
import { evolve } from '../domain/evolve-payment.ts';
import { journalOf, rateOf } from '../domain/journal-of-event.ts';
import type { Payment, PaymentCommand, PaymentEvent, PaymentRefusal } from '../domain/payment.ts';
import type { OrderId, Ports } from './ports.ts';

/** What a command led to: the payment after it and what happened, or why nothing did. */
export type Handled =
  | { readonly ok: true; readonly payment: Payment; readonly events: readonly PaymentEvent[] }
  | { readonly ok: false; readonly refusal: PaymentRefusal };

/** Load, decide, save, book: the whole shell around the pure core, in one transaction. All commands are done, or none. */
export const handlePayment = async (
  ports: Ports,
  orderId: OrderId,
  ...commands: readonly PaymentCommand[]
): Promise<Handled> => {
  const before = await ports.payments.load(orderId);
  const events: PaymentEvent[] = [];
  let payment = before;
  for (const command of commands) {
    const decision = decide(command, payment);
    if (!decision.ok) return decision;
    payment = decision.events.reduce(evolve, payment);
    events.push(...decision.events);
  }
  if (events.length > 0) await keep(ports, orderId, before, payment, events);
  return { ok: true, payment, events };
};

const keep = async (
  ports: Ports,
  orderId: OrderId,
  before: Payment,
  after: Payment,
  events: readonly PaymentEvent[],
): Promise<void> => {
  const terms = termsOf(events) ?? termsOfPayment(after) ?? termsOfPayment(before);
  await ports.payments.save(orderId, terms, events);
  if (!terms) return;
  for (const event of events) {
    if (owesCard(event) && terms.method === 'CARD') {
      await ports.calls.add({
        id: event.refundId,
        kind: 'REFUND',
        subject: orderId,
        token: null,
        provider: terms.provider,
      });
    }
    if (endsCapture(event) && terms.method === 'CARD') await ports.calls.remove(terms.paymentId);
  }
  // Last, because every capture of a currency waits for the provider's account.
  for (const event of events) {
    const rate = rateOf(event);
    const present = rate && (await ports.exchangeRates.present(rate.from, rate.to));
    const journal = journalOf(event, terms, present);
    if (journal) await ports.ledger.post(journal);
  }
};

type Owing = Extract<PaymentEvent, { type: 'RefundRecorded' | 'Reclaimed' }>;

const owesCard = (event: PaymentEvent): event is Owing =>
  event.type === 'RefundRecorded' || event.type === 'Reclaimed';

const endsCapture = ({ type }: PaymentEvent): boolean =>
  type === 'Captured' || type === 'Declined' || type === 'Voided';

const termsOfPayment = (payment: Payment) => ('terms' in payment ? payment.terms : null);

const termsOf = (events: readonly PaymentEvent[]) =>
  events.find((event) => event.type === 'Requested' || event.type === 'RequestedTooLate')?.terms;
