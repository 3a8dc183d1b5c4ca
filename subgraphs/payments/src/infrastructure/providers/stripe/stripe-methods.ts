import Stripe from 'stripe';
import type { CardProvider, SaveOutcome } from '../../../application/card-provider.ts';
import { cardOf, keptToken } from './kept-token.ts';
import { failureOf } from './stripe-failure.ts';

type Methods = Pick<CardProvider, 'saveMethod' | 'findMethod' | 'forgetMethod'>;

const unknown = { type: 'UNKNOWN' } as const;
const none = { type: 'NONE' } as const;
const declined = { type: 'DECLINED' } as const;
const asksOwner = { type: 'DECLINED', reason: 'AUTHENTICATION_REQUIRED' } as const;

/**
 * Cards kept at Stripe, each for a customer of its own that says nothing of its owner. The customer is made first and is found
 * by our key; its one setup intent says what became of the card. Whatever is not kept leaves no customer behind.
 */
export const createStripeMethods = (
  stripe: Stripe,
  noted: (error: unknown, what: string) => void,
): Methods => {
  const findCustomer = async (key: string): Promise<string | null> => {
    const query = `metadata['paymentMethodId']:'${key}'`;
    return (await stripe.customers.search({ query, limit: 1 })).data[0]?.id ?? null;
  };
  const createCustomer = async (key: string): Promise<string> => {
    const options = { idempotencyKey: `${key}:customer` };
    return (await stripe.customers.create({ metadata: { paymentMethodId: key } }, options)).id;
  };
  const findSetup = async (customer: string): Promise<Stripe.SetupIntent | null> => {
    const asked = { customer, limit: 1, expand: ['data.payment_method'] };
    return (await stripe.setupIntents.list(asked)).data[0] ?? null;
  };
  const setUp = (key: string, customer: string, token: string): Promise<Stripe.SetupIntent> =>
    stripe.setupIntents.create(
      {
        ...{ customer, payment_method: token, confirm: true, usage: 'off_session' },
        ...{ allowed_payment_method_types: ['card'], expand: ['payment_method'] },
        metadata: { paymentMethodId: key },
      },
      { idempotencyKey: `${key}:setup` },
    );
  const removeCustomer = async (customer: string): Promise<void> => {
    try {
      await stripe.customers.del(customer);
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  };
  const giveUp = async (customer: string, outcome: SaveOutcome): Promise<SaveOutcome> => {
    await removeCustomer(customer);
    return outcome;
  };
  const read = async (customer: string, setup: Stripe.SetupIntent): Promise<SaveOutcome> => {
    switch (setup.status) {
      case 'succeeded':
        return saved(customer, setup);
      case 'requires_action':
        // Nobody is there to do it; and who does it later keeps nothing.
        await stripe.setupIntents.cancel(setup.id);
        return giveUp(customer, asksOwner);
      case 'canceled':
        return giveUp(customer, asksOwner);
      case 'requires_payment_method':
        return giveUp(customer, declined);
      default:
        return unknown;
    }
  };

  return {
    saveMethod: async ({ key, token }) => {
      try {
        const known = await findCustomer(key);
        const earlier = known && (await findSetup(known));
        if (earlier) return await read(known, earlier);
        const customer = known ?? (await createCustomer(key));
        const setup = await setUp(key, customer, token).catch((error: unknown) => {
          if (isNo(error)) return null;
          throw error;
        });
        return await (setup ? read(customer, setup) : giveUp(customer, declined));
      } catch (error) {
        noted(error, 'a card to keep');
        return unknown;
      }
    },
    findMethod: async (key) => {
      try {
        const customer = await findCustomer(key);
        const setup = customer && (await findSetup(customer));
        return setup ? await read(customer, setup) : none;
      } catch (error) {
        noted(error, 'a look-up of a card');
        return unknown;
      }
    },
    forgetMethod: async ({ token }) => {
      const { method, customer } = cardOf(token);
      try {
        await stripe.paymentMethods.detach(method).catch((error: unknown) => {
          // Detached before, or gone.
          if (failureOf(error) !== 'REFUSED') throw error;
        });
        if (customer) await removeCustomer(customer);
        return 'DONE';
      } catch (error) {
        noted(error, 'a card to forget');
        return 'UNKNOWN';
      }
    },
  };
};

const isGone = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeInvalidRequestError && error.code === 'resource_missing';

const isNo = (error: unknown): boolean => ['DECLINED', 'WANTS_OWNER', 'REFUSED'].includes(failureOf(error));

const saved = (customer: string, { payment_method: method }: Stripe.SetupIntent): SaveOutcome => {
  if (method === null || typeof method === 'string' || !method.card) return unknown;
  const { brand, last4, exp_month: month, exp_year: year } = method.card;
  const details = { brand, last4, expiry: { month, year } };
  return { type: 'SAVED', token: keptToken(method.id, customer), details };
};
