import type { Origin } from '../origin.ts';
import type { Dependencies } from '../ports.ts';
import { writeToOwner } from '../write-to-owner.ts';
import type { IdentityRefusalCode } from './link-identity.ts';
import type { LinkedIdentity } from './ports.ts';

/** Takes a way in from the viewer's account, but never the last that can be used; null for no user of ours. */
export const unlinkIdentity =
  ({ transact, providers }: Dependencies) =>
  (
    viewerId: string,
    identityId: string,
    origin: Origin,
  ): Promise<LinkedIdentity | IdentityRefusalCode | null> =>
    transact(async (ports) => {
      const { accounts, accountChanges, identities, securityEvents } = ports;
      const user = await accounts.lock(viewerId);
      if (!user) return null;
      const all = await identities.of(user.id);
      const unwanted = all.find(({ id }) => id === identityId);
      if (!unwanted) return 'NOT_FOUND';
      const isUsable = ({ provider }: LinkedIdentity) => providers.list.some(({ id }) => id === provider);
      const hasOther = all.some((each) => each !== unwanted && isUsable(each));
      if (!hasOther && (await accountChanges.findPasswordHash(user.id)) === null) return 'LAST_WAY_IN';
      const { id: userId, name } = user;
      const { provider } = unwanted;
      const data = { name, provider: providers.nameOf(provider) };
      await identities.remove(unwanted.id);
      await securityEvents.record({ kind: 'IDENTITY_UNLINKED', userId, origin, detail: { provider } });
      await writeToOwner(ports, user, { template: 'IDENTITY_UNLINKED', data });
      return unwanted;
    });

/** The viewer's ways in beside their password. */
export const linkedIdentitiesOf =
  ({ transact }: Pick<Dependencies, 'transact'>) =>
  (viewerId: string): Promise<readonly LinkedIdentity[]> =>
    transact(({ identities }) => identities.of(viewerId));
