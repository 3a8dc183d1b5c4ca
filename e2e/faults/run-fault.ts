import { setTimeout as delay } from 'node:timers/promises';
import type { Violation } from '@emporium/audit';
import type { Client } from '@emporium/client';
import { type Article, openShop } from '../graph/shop.ts';
import type { Fault, Stage } from './faults/fault.ts';
import { askUntilSound } from './oracle/ask-until-sound.ts';
import { type Shoppers, startShoppers } from './shoppers/shoppers.ts';

/** What a fault came to. */
export type Outcome = {
  readonly fault: string;
  /** Why it was not tried. */
  readonly skipped?: string;
  readonly bought: number;
  /** How many orders ended with each status. */
  readonly ends: Readonly<Record<string, number>>;
  /** From the healing until everything held. */
  readonly settledAfterMs: number;
  readonly violations: readonly Violation[];
};

/** Who buys, and what. */
export type Cast = { readonly buyers: readonly Client[]; readonly article: Article };

const settleWithinS = 30;
/** Bought before the shop is broken, and again when it has healed. */
const boughtAround = 4;

const endsOf = (shoppers: Shoppers): Record<string, number> => {
  const ends: Record<string, number> = {};
  for (const { shown } of shoppers.bought) {
    const status = shown.at(-1)?.status ?? 'never seen';
    ends[status] = (ends[status] ?? 0) + 1;
  }
  return ends;
};

/** Breaks the shop while buyers buy and watch, heals it, and asks whether all that must hold does. */
export const runFault = async (fault: Fault, stage: Stage, { buyers, article }: Cast): Promise<Outcome> => {
  const skipped = fault.skip?.(stage);
  if (skipped !== undefined)
    return { fault: fault.name, skipped, bought: 0, ends: {}, settledAfterMs: 0, violations: [] };
  const shoppers = startShoppers(openShop(stage.graph.gatewayUrl), buyers, article);
  await shoppers.more(boughtAround);
  let broke: unknown;
  try {
    await fault.break(stage);
    await delay(fault.holdMs ?? 1_500);
    if (fault.felt?.(stage) === false) throw new Error('nothing has met it');
  } catch (error) {
    broke = error;
  }
  await fault.heal(stage);
  const healed = performance.now();
  const until = healed + (fault.settleWithinS ?? settleWithinS) * 1_000;
  const late = setTimeout(shoppers.leave, until - healed);
  await shoppers.more(boughtAround);
  await shoppers.stopBuying();
  await shoppers.allSettled();
  const violations = await askUntilSound(stage.graph, shoppers.bought, until);
  const settledAfterMs = performance.now() - healed;
  clearTimeout(late);
  shoppers.leave();
  const failed =
    broke === undefined ? [] : [{ rule: 'the fault can be made', rows: [{ said: String(broke) }] }];
  return {
    fault: fault.name,
    bought: shoppers.bought.length,
    ends: endsOf(shoppers),
    settledAfterMs,
    violations: [...failed, ...violations],
  };
};
