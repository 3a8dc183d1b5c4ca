import type { Instant } from '@emporium/domain';
import {
  decide,
  evolve,
  type Seller,
  type SellerCommand,
  type SellerEvent,
  type SellerRefusal,
} from '../../domain/seller.ts';
import type { User } from '../../domain/user.ts';
import type { Dependencies, Ports } from '../ports.ts';

export type SellerOutcome =
  | { readonly ok: true; readonly seller: Seller }
  | { readonly ok: false; readonly refusal: SellerRefusal };

/** What a command may depend on, read while the account is held. */
export type Facts = { readonly user: User; readonly isVerified: boolean; readonly at: Instant };

/** One move of one seller: profile, role and news of both in one transaction. NOT_FOUND for no user of ours. */
export const changeSeller =
  ({ transact }: Pick<Dependencies, 'transact'>) =>
  (userId: string, commandOf: (facts: Facts) => SellerCommand): Promise<SellerOutcome> =>
    transact(async (ports) => {
      const { accounts, sellers, now } = ports;
      const user = await accounts.lock(userId);
      if (!user) return { ok: false, refusal: 'NOT_FOUND' };
      const facts = { user, isVerified: await accounts.isVerified(user.id), at: await now() };
      const before = await sellers.find(user.id);
      const decision = decide(commandOf(facts), before);
      if (!decision.ok) return decision;
      const after = decision.events.reduce<Seller | null>(evolve, before);
      if (!after) throw new Error('a change of a seller without a seller');
      return { ok: true, seller: await save(ports, facts, after, decision.events) };
    });

const save = async (
  ports: Ports,
  { user, at }: Facts,
  seller: Seller,
  events: readonly SellerEvent[],
): Promise<Seller> => {
  if (events.length === 0) return seller;
  await fitRole(ports, user, seller, at);
  return ports.sellers.save(seller, at);
};

/** Who sells has the role SELLER. Tokens that still say it after it was taken away count no more; those that do not say it yet do no harm. */
const fitRole = async (
  { accounts, revokeAccessTokens }: Ports,
  { id, roles }: User,
  { status }: Seller,
  at: Instant,
): Promise<void> => {
  if (status === 'ACTIVE') return accounts.grant(id, 'SELLER');
  if (!roles.includes('SELLER')) return;
  await accounts.revoke(id, 'SELLER');
  await revokeAccessTokens(id, at);
};
