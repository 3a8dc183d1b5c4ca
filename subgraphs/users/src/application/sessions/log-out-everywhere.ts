import { asId } from '@emporium/domain';
import type { Origin } from '../origin.ts';
import type { Dependencies } from '../ports.ts';

/** Ends every session of somebody, the one that asks included. */
export const logOutEverywhere =
  ({ transact }: Dependencies) =>
  (userId: string, origin: Origin): Promise<void> =>
    transact(async ({ sessions, securityEvents }) => {
      await sessions.revokeAllOf(asId<'User'>(userId));
      await securityEvents.record({ kind: 'LOGGED_OUT_EVERYWHERE', userId, origin });
    });
