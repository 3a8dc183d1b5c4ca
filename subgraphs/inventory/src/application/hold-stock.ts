import { accept, asId, type Decision, refuse } from '@emporium/domain';
import type { Transact } from '@emporium/messaging';
import type { Actor } from '../domain/actor.ts';
import {
  asksTheSame,
  type Hold,
  type HoldRefusal,
  hold,
  mayEndHold,
  type NewHold,
} from '../domain/hold.ts';
import type { HoldId } from '../domain/ids.ts';
import type { FindDueHolds, Ports } from './ports.ts';

/** The hold as it is now, or why nothing was done. */
type HoldOutcome = Decision<Hold, HoldRefusal>;

/** Sets units aside for so many seconds; the same again answers the same hold, whatever has become of it. */
export const holdStock =
  (transact: Transact<Ports>, seconds: number) =>
  (wanted: NewHold, actor: Actor & { readonly id: string }): Promise<HoldOutcome> =>
    transact(async ({ holds, stock, variants, now, newId }) => {
      const holderId = asId<'User'>(actor.id);
      const { earlier, active } = await holds.lockHolder(holderId, wanted.idempotencyKey);
      if (earlier) return asksTheSame(earlier, wanted) ? accept(earlier) : refuse('IDEMPOTENCY_MISMATCH');
      const levels = await stock.lockAvailable([wanted.variantId]);
      const decision = hold(wanted, actor, {
        variant: await variants.find(wanted.variantId),
        available: levels.get(wanted.variantId) ?? [],
        activeHolds: active,
      });
      if (!decision.ok) return decision;
      const allocations = decision.events.flat();
      const id = asId<'Hold'>(newId());
      return accept(await holds.create({ ...wanted, id, holderId, allocations, seconds }, await now()));
    });

/** Gives the units back. What has ended before stays as it ended. */
export const releaseHold =
  (transact: Transact<Ports>) =>
  (holdId: HoldId, actor: Actor): Promise<HoldOutcome> =>
    transact(async ({ holds, now }) => {
      const found = await holds.find(holdId);
      if (!found || !mayEndHold(actor, found)) return refuse('NOT_FOUND');
      await holds.end(found, 'RELEASED', await now());
      return accept((await holds.find(holdId)) ?? found);
    });

const atOnce = 100;

/** Ends the holds whose time is over; says how many. */
export const expireHolds =
  (transact: Transact<Ports>, findDue: FindDueHolds) => async (): Promise<number> => {
    let expired = 0;
    for (;;) {
      const due = await findDue(atOnce);
      for (const found of due) {
        await transact(async ({ holds, now }) => holds.end(found, 'EXPIRED', await now()));
        expired += 1;
      }
      if (due.length < atOnce) return expired;
    }
  };
