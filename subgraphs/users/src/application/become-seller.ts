import { openShop, type Seller } from '../domain/seller.ts';
import type { Dependencies } from './ports.ts';

export type SellerRefusalCode = 'ALREADY_A_SELLER';

/** Gives a user a seller's profile and the role SELLER, and tells the other subgraphs; null for no user of ours. */
export const becomeSeller =
  ({ transact }: Pick<Dependencies, 'transact'>) =>
  (userId: string, displayName: string): Promise<Seller | SellerRefusalCode | null> =>
    transact(async ({ accounts, sellers, now }) => {
      const user = await accounts.lock(userId);
      if (!user) return null;
      const seller = openShop(await sellers.find(user.id), { userId: user.id, displayName });
      if (typeof seller === 'string') return seller;
      await accounts.grant(user.id, 'SELLER');
      await sellers.add(seller, await now());
      return seller;
    });
