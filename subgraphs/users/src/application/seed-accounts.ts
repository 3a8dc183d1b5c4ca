import type { Email } from '../domain/email.ts';
import type { Role } from '../domain/user.ts';
import type { App } from './create-app.ts';

type DemoAccount = {
  readonly email: string;
  readonly name: string;
  /** BUYER, when left out. */
  readonly roles?: readonly Role[];
  readonly shop?: string;
};

const password = 'emporium-demo';

const accounts: readonly DemoAccount[] = [
  { email: 'buyer@emporium.test', name: 'Test Buyer' },
  { email: 'seller@emporium.test', name: 'Test Seller', shop: 'Emporium Test Shop' },
  { email: 'admin@emporium.test', name: 'Test Administrator', roles: ['BUYER', 'ADMIN'] },
  { email: 'support@emporium.test', name: 'Test Support', roles: ['SUPPORT'] },
];

/**
 * Opens the demonstration accounts that are not there yet. `idOf` derives an id from the e-mail, so that other
 * subgraphs' seeds can name the seller without asking.
 */
export const seedAccounts = async (
  app: Pick<App, 'openAccount' | 'becomeSeller'>,
  idOf: (email: string) => string,
): Promise<void> => {
  for (const { email, name, roles = ['BUYER'] as const, shop } of accounts) {
    const id = idOf(email);
    await app.openAccount({ id, email: email as Email, password, name, roles });
    if (shop !== undefined) await app.becomeSeller(id, shop);
  }
};
