/** Buyers, sellers and administrators, who do what the story says, each when its time comes. */
import type { Shop } from '../shop/world.ts';
import type { Acting, Acts } from './acts/acting.ts';
import { actsOfAdministrators } from './acts/administrators.ts';
import { actsOfBuyers, actsWithCards, actsWithMoney } from './acts/buyers.ts';
import { actsOfSellers } from './acts/sellers.ts';
import { actsOfShoppers } from './acts/shoppers.ts';
import { createClients } from './clients.ts';
import type { Operation } from './story.ts';
import { nothingTold } from './told.ts';

export const createActors = (shop: Shop) => {
  const told = nothingTold();
  const acting: Acting = { shop, ask: createClients(shop), told };
  const acts: Acts<Operation['type']> = {
    ...actsOfShoppers(acting),
    ...actsOfBuyers(acting),
    ...actsWithMoney(acting),
    ...actsWithCards(acting),
    ...actsOfSellers(acting),
    ...actsOfAdministrators(acting),
  };
  let waiting = 0;
  const act = async (operation: Operation): Promise<void> => {
    const { id, type } = operation;
    const byType = acts[type] as (operation: Operation) => Promise<unknown>;
    try {
      told.outcomes.set(id, sayOutcome(await byType(operation)));
    } catch (error) {
      told.thrown.push(`${id} ${type}: ${error}`);
    }
    waiting -= 1;
  };
  return {
    told,
    isActing: () => waiting > 0,
    begin: (operations: readonly Operation[]): void => {
      waiting += operations.length;
      for (const operation of operations)
        shop.scheduler.later(
          null,
          operation.at,
          `${operation.id} ${operation.type}`,
          () => void act(operation),
        );
    },
  };
};

const sayOutcome = (outcome: unknown): string => {
  if (outcome === null || typeof outcome !== 'object') return 'nothing to do';
  if (!('ok' in outcome)) return 'done';
  const { ok, refusal } = outcome as { ok: boolean; refusal?: string | { code: string } };
  return ok ? 'granted' : `refused: ${typeof refusal === 'object' ? refusal.code : refusal}`;
};
