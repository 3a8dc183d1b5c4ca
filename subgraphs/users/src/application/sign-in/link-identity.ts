import { decideLink, type LinkRefusalCode, type ProvenIdentity } from '../../domain/linked-identity.ts';
import type { User } from '../../domain/user.ts';
import type { Origin } from '../origin.ts';
import type { Dependencies, Ports } from '../ports.ts';
import { writeToOwner } from '../write-to-owner.ts';
import type { LinkedIdentity } from './ports.ts';
import { type RedemptionRefusal, redeemAttempt, type SignInReturn } from './redeem-attempt.ts';

/** Why an identity was not linked, or not unlinked. */
export type IdentityRefusalCode = RedemptionRefusal | LinkRefusalCode | 'NOT_FOUND' | 'LAST_WAY_IN';

type NewLink = {
  readonly user: User;
  readonly provider: string;
  readonly identity: ProvenIdentity;
  readonly origin: Origin;
  /** Whether the account was there before: then its owner is written to. */
  readonly isNews: boolean;
};

/** Writes a link and says so where somebody may look for it. */
export const addIdentity =
  ({ providers }: Pick<Dependencies, 'providers'>) =>
  async (ports: Ports, { user, provider, identity, origin, isNews }: NewLink): Promise<LinkedIdentity> => {
    const { identities, securityEvents } = ports;
    const { id: userId, name } = user;
    const linked = await identities.add({ userId, provider, identity });
    await securityEvents.record({ kind: 'IDENTITY_LINKED', userId, origin, detail: { provider } });
    const data = { name, provider: providers.nameOf(provider) };
    if (isNews) await writeToOwner(ports, user, { template: 'IDENTITY_LINKED', data });
    return linked;
  };

type Linking = LinkedIdentity | IdentityRefusalCode | 'unavailable' | null;

/** Adds a way in to the account of somebody who is signed in and who began the attempt as such; null for no user of ours. */
export const linkIdentity = (dependencies: Dependencies) => {
  const { transact } = dependencies;
  const redeem = redeemAttempt(dependencies);
  const add = addIdentity(dependencies);
  return async (viewerId: string, returned: SignInReturn, origin: Origin): Promise<Linking> => {
    const redemption = await redeem(returned, origin, ({ userId }) => userId === viewerId);
    if (redemption.type === 'unavailable') return redemption.type;
    if (redemption.type === 'refused') return redemption.refusal;
    const { identity, attempt } = redemption;
    const { provider } = attempt;
    return transact(async (ports) => {
      const { accounts, accountChanges, identities } = ports;
      const linkedTo = await identities.lock(identity);
      const user = await accounts.lock(viewerId);
      if (!user) return null;
      const account = {
        userId: user.id,
        email: user.email,
        isVerified: user.emailVerified,
      };
      const decision = decideLink(identity, linkedTo, account);
      if (decision.type === 'refuse') return decision.refusal;
      const emailVerified = user.emailVerified || decision.provesEmail;
      if (decision.provesEmail) {
        await accountChanges.verifyEmail(user.id);
        await ports.securityEvents.record({ kind: 'EMAIL_VERIFIED', userId: user.id, origin });
      }
      return add(ports, { user: { ...user, emailVerified }, provider, identity, origin, isNews: true });
    });
  };
};
