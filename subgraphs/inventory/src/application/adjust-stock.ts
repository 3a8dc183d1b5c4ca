import type { Decision } from '@emporium/domain';
import type { Transact } from '@emporium/messaging';
import type { Actor } from '../domain/actor.ts';
import { type Adjustment, type AdjustmentRefusal, decideAll } from '../domain/adjustment.ts';
import { KeyTakenError, type Ports } from './ports.ts';

/** One adjustment's outcome: no refusal means that it took place, now or when its key was first used. */
export type AdjustmentOutcome = {
  readonly adjustment: Adjustment;
  readonly refusal: AdjustmentRefusal | null;
};

export type AdjustStock = (
  adjustments: readonly Adjustment[],
  actor: Actor & { readonly id: string },
) => Promise<readonly AdjustmentOutcome[]>;

const attempts = 5;

/** Applies adjustments in one transaction, each granted or refused by itself; answers in their order. */
export const adjustStock =
  (transact: Transact<Ports>): AdjustStock =>
  async (adjustments, actor) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await transact((ports) => applyAll(ports, adjustments, actor));
      } catch (error) {
        if (!(error instanceof KeyTakenError) || attempt === attempts) throw error;
      }
    }
  };

const applyAll = async (
  { stock, now, newId }: Ports,
  adjustments: readonly Adjustment[],
  actor: Actor & { readonly id: string },
): Promise<readonly AdjustmentOutcome[]> => {
  const state = await stock.lockForAdjustment(
    actor.id,
    adjustments.map(({ variantId }) => variantId),
    adjustments.map(({ idempotencyKey }) => idempotencyKey),
  );
  const decisions = decideAll(adjustments, actor, state);
  const movements = decisions.flatMap(eventsOf).map((adjustment) => ({
    ...adjustment,
    id: newId(),
    returnId: null,
  }));
  if (movements.length > 0) await stock.record(actor.id, movements, await now());
  return adjustments.map((adjustment, index) => ({ adjustment, refusal: refusalOf(decisions[index]) }));
};

const eventsOf = <Event>(decision: Decision<Event, string>): readonly Event[] =>
  decision.ok ? decision.events : [];

const refusalOf = <Refusal extends string>(
  decision: Decision<unknown, Refusal> | undefined,
): Refusal | null => (decision && !decision.ok ? decision.refusal : null);
