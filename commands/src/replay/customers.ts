import { setTimeout as delay } from 'node:timers/promises';
import { type Client, connect, RequestRefusedError, SignInError } from '@emporium/client';
import type { Basket } from './basket.ts';

const password = 'emporium-replay';

/** A customer's account: one per number, and one per invoice for guests. */
const accountOf = ({ customer, invoice }: Basket): { email: string; name: string } =>
  customer
    ? { email: `customer-${customer}@replay.emporium.test`, name: `Customer ${customer}` }
    : { email: `guest-${invoice}@replay.emporium.test`, name: `Guest of invoice ${invoice}` };

/** Registers the customer on first sight, else signs in. Waits as long as the gateway says when it is too fast. */
export const enter = async (url: string, basket: Basket): Promise<Client> => {
  const { email, name } = accountOf(basket);
  const emporium = connect(url);
  for (;;) {
    try {
      return await emporium.signUp(email, password, name);
    } catch (error) {
      if (error instanceof SignInError && error.code === 'EMAIL_TAKEN')
        return emporium.signIn(email, password);
      const seconds =
        error instanceof RequestRefusedError ? error.errors[0]?.extensions?.retryAfter : undefined;
      if (typeof seconds !== 'number') throw error;
      await delay(seconds * 1000);
    }
  }
};
