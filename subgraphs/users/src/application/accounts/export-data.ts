import type { Instant } from '@emporium/domain';
import type { Origin } from '../origin.ts';
import type { Dependencies } from '../ports.ts';
import { gone, type NotDone, tooMany } from './account-outcome.ts';

export type DataExport = {
  readonly type: 'exported';
  readonly at: Instant;
  readonly document: Readonly<Record<string, unknown>>;
};

/** Everything that users holds about somebody, as it is at one moment. */
export const exportData =
  ({ transact, limits }: Dependencies) =>
  async (userId: string, origin: Origin): Promise<DataExport | NotDone> => {
    const wait = await limits.ask('data-export', { subject: userId, address: origin.address });
    if (wait) return tooMany(wait);
    return transact(async ({ accounts, personalData, securityEvents, now }) => {
      const user = await accounts.lock(userId);
      if (!user) return gone;
      await securityEvents.record({ kind: 'DATA_EXPORTED', userId: user.id, origin });
      return { type: 'exported', at: await now(), document: await personalData.collect(user.id) };
    });
  };
