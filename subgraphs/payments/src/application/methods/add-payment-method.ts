import { asId } from '@emporium/domain';
import { mostMethods } from '../../domain/payment-method.ts';
import type {
  KnownPaymentMethod,
  NewPaymentMethod,
  PaymentMethodId,
  Ports,
  ProviderCall,
  Transact,
} from '../ports.ts';
import type { Reads } from '../reads.ts';
import { type PaymentMethodOutcome, refused } from './payment-method-outcome.ts';

export type PaymentMethodWish = {
  readonly userId: string;
  readonly token: string;
  readonly label: string | null;
  readonly makeDefault: boolean;
  readonly idempotencyKey: string;
};

export type AddPaymentMethod = (wish: PaymentMethodWish) => Promise<PaymentMethodOutcome>;

export type AddPaymentMethodPorts = {
  readonly transact: Transact;
  readonly reads: Reads;
  /** SHA-256 of a text. */
  readonly hash: (text: string) => string;
  /** Asks the provider now; resolves when its answer is kept, or when it is left to be found out later. */
  readonly settle: (call: ProviderCall) => Promise<void>;
  /** What has become of it when it is no longer pending, or when there was no answer for long enough. */
  readonly waitForEnd: (
    find: () => Promise<KnownPaymentMethod | null>,
  ) => Promise<KnownPaymentMethod | null>;
};

/**
 * Gives a card's token to the provider, who keeps the card and tells what it is. The same wish again, even at the same time,
 * is the same method. Where the provider gives no answer the method is pending, and is asked after until it does.
 */
export const createAddPaymentMethod =
  ({ transact, reads, hash, settle, waitForEnd }: AddPaymentMethodPorts): AddPaymentMethod =>
  async ({ userId, token, label, makeDefault, idempotencyKey }) => {
    const inputHash = hash(JSON.stringify([token, label, makeDefault]));
    const wish = {
      userId: asId<'User'>(userId),
      idempotencyKey,
      inputHash,
      label,
      wantsDefault: makeDefault,
    };
    const opened = await transact((ports) => open(ports, wish, token));
    if (!opened.ok) return opened;
    const find = () => transact(({ paymentMethods }) => paymentMethods.find(wish.userId, opened.id));
    if (opened.call) await settle(opened.call);
    const known = await (opened.call ? find() : waitForEnd(find));
    if (known?.refusal) return refused(known.refusal);
    const methods = (await reads.paymentMethods([userId])).get(userId) ?? [];
    const method = methods.find(({ id }) => id === opened.id);
    return method ? { ok: true, method } : refused(known ? 'REMOVED' : 'GONE');
  };

type Opened =
  | { readonly ok: true; readonly id: PaymentMethodId; readonly call: ProviderCall | null }
  | (PaymentMethodOutcome & { readonly ok: false });

/** Who opens it also asks the provider; everyone else finds it open. */
const open = async (
  { newId, paymentMethods, calls, routing }: Ports,
  wish: Omit<NewPaymentMethod, 'id'>,
  token: string,
): Promise<Opened> => {
  const { userId, idempotencyKey, inputHash } = wish;
  const { methods, isGone } = await paymentMethods.load(userId);
  if (isGone) return refused('GONE');
  const known = await paymentMethods.findByKey(userId, idempotencyKey);
  if (known) {
    return known.inputHash === inputHash
      ? { ok: true, id: known.id, call: null }
      : refused('IDEMPOTENCY_MISMATCH');
  }
  if (methods.length >= mostMethods) return refused('TOO_MANY');
  const id = newId<'PaymentMethod'>();
  await paymentMethods.add({ ...wish, id });
  const provider = routing.keeperOf(token);
  const call = await calls.addTaken({ id, kind: 'SAVE_METHOD', subject: userId, token, provider });
  return { ok: true, id, call };
};
