import { asId, type Instant } from '@emporium/domain';
import { isExpired, nextDefault } from '../../domain/payment-method.ts';
import type { Ports, Transact } from '../ports.ts';
import type { Reads } from '../reads.ts';
import type { PaymentMethodView } from '../views.ts';
import { forgetCard } from './forget-card.ts';
import { type PaymentMethodOutcome, type PaymentMethodRefusal, refused } from './payment-method-outcome.ts';

/** One of the user's own methods. */
export type PaymentMethodChoice = { readonly userId: string; readonly paymentMethodId: string };

type Change = (choice: PaymentMethodChoice) => Promise<PaymentMethodOutcome>;

export type SetDefaultPaymentMethod = Change;
export type RemovePaymentMethod = Change;

const readAll = async (reads: Reads, userId: string): Promise<readonly PaymentMethodView[]> =>
  (await reads.paymentMethods([userId])).get(userId) ?? [];

/** What it pays with unless it is told otherwise, in the place of the one that was. */
export const createSetDefaultPaymentMethod =
  (transact: Transact, reads: Reads): SetDefaultPaymentMethod =>
  async ({ userId, paymentMethodId }) => {
    const refusal = await transact((ports) => makeDefault(ports, userId, paymentMethodId));
    if (refusal) return refused(refusal);
    const method = (await readAll(reads, userId)).find(({ id }) => id === paymentMethodId);
    return method ? { ok: true, method } : refused('REMOVED');
  };

const makeDefault = async (
  { paymentMethods }: Ports,
  user: string,
  id: string,
): Promise<PaymentMethodRefusal | null> => {
  const userId = asId<'User'>(user);
  const { methods, at } = await paymentMethods.load(userId);
  const method = methods.find((each) => each.id === id);
  if (!method) {
    const known = await paymentMethods.find(userId, id);
    return known?.status === 'REMOVED' ? 'REMOVED' : 'NOT_FOUND';
  }
  if (method.status === 'PENDING') return 'NOT_READY';
  if (isExpired(method.expiry, at)) return 'EXPIRED';
  if (!method.isDefault) await paymentMethods.setDefault(userId, id);
  return null;
};

/** Forgets a card, here and at the provider. The last one added follows where it was the default. Twice is as good as once. */
export const createRemovePaymentMethod =
  (transact: Transact, reads: Reads): RemovePaymentMethod =>
  async ({ userId, paymentMethodId }) => {
    const before = (await readAll(reads, userId)).find(({ id }) => id === paymentMethodId);
    const removed = await transact((ports) => remove(ports, userId, paymentMethodId));
    if (!removed) return refused('NOT_FOUND');
    const { label, brand, last4, expiry, addedAt } = { ...nothingKnown(removed.at), ...before };
    const seen = { id: paymentMethodId, userId, label, brand, last4, expiry, addedAt };
    return { ok: true, method: { ...seen, status: 'REMOVED', isDefault: false } };
  };

/** Of what was removed before nothing is known any more. */
const nothingKnown = (at: Instant) => ({
  label: null,
  brand: null,
  last4: null,
  expiry: null,
  addedAt: at,
});

const remove = async ({ newId, calls, routing, paymentMethods }: Ports, user: string, id: string) => {
  const userId = asId<'User'>(user);
  const { methods, at } = await paymentMethods.load(userId);
  const method = methods.find((each) => each.id === id);
  if (!method) {
    const known = await paymentMethods.find(userId, id);
    return known?.status === 'REMOVED' ? { at } : null;
  }
  const token = await paymentMethods.remove(id);
  if (token !== null) await forgetCard({ newId, calls, routing }, userId, token);
  if (method.isDefault) {
    const next = nextDefault(
      methods.filter((each) => each !== method),
      at,
    );
    if (next !== null) await paymentMethods.setDefault(userId, next);
  }
  return { at };
};
