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
import { nowhere, type Origin } from '../origin.ts';
import type { Dependencies, Ports } from '../ports.ts';
import type { SecurityEventKind } from '../security-events.ts';

export type SellerOutcome =
  | { readonly ok: true; readonly seller: Seller }
  | { readonly ok: false; readonly refusal: SellerRefusal };

/** What a command may depend on, read while the account is held. */
export type Facts = { readonly user: User; readonly isVerified: boolean; readonly at: Instant };

/** Who asks for it, and from where. */
export type Actor = { readonly id: string; readonly origin: Origin };

/** One move of one seller: profile, role, record and news in one transaction. NOT_FOUND for no user of ours. */
export const changeSeller =
  ({ transact }: Pick<Dependencies, 'transact'>) =>
  (userId: string, by: Actor, commandOf: (facts: Facts) => SellerCommand): Promise<SellerOutcome> =>
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
      if (decision.events.length === 0) return { ok: true, seller: after };
      await fitRole(ports, facts, after);
      await record(ports, user, by, decision.events);
      return { ok: true, seller: await sellers.save(after, facts.at) };
    });

const kinds = {
  Applied: 'SELLER_APPLIED',
  Approved: 'SELLER_APPROVED',
  Rejected: 'SELLER_REJECTED',
  Suspended: 'SELLER_SUSPENDED',
  Reinstated: 'SELLER_REINSTATED',
} as const satisfies Record<SellerEvent['type'], SecurityEventKind>;

/**
 * Who decided what about whom; why is the seller's own business, and not kept for good. Where an administrator is, is not the
 * seller's origin, who reads these events, and is not noted.
 */
const record = async (
  { securityEvents }: Ports,
  { id: userId }: User,
  { id: by, origin }: Actor,
  events: readonly SellerEvent[],
): Promise<void> => {
  const seen = by === userId ? origin : nowhere;
  for (const { type } of events)
    await securityEvents.record({ kind: kinds[type], userId, origin: seen, detail: { by } });
};

/** Who sells has the role SELLER. Tokens that still say it after it was taken away count no more; those that do not say it yet do no harm. */
const fitRole = async (
  { accounts, sessions }: Ports,
  { user: { id, roles } }: Facts,
  { status }: Seller,
): Promise<void> => {
  if (status === 'ACTIVE') return accounts.grant(id, 'SELLER');
  if (!roles.includes('SELLER')) return;
  await accounts.revoke(id, 'SELLER');
  await sessions.revokeTokensOf(id);
};
