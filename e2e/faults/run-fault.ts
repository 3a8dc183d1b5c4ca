import type { Violation } from '@emporium/audit';
import type { Client } from '@emporium/client';
import { type Article, openShop } from '../graph/shop.ts';
import { breakAndHeal, violationOf } from './breaking/break-and-heal.ts';
import type { Fault, Stage } from './faults/fault.ts';
import { askUntilSound } from './oracle/ask-until-sound.ts';
import { checkSales, countOrders } from './shoppers/check-sales.ts';
import { type Shoppers, startShoppers } from './shoppers/shoppers.ts';
import type { Visitor } from './visitors/pages.ts';

/** What a fault came to, or several that were tried one after another. */
export type Outcome = {
  readonly fault: string;
  /** Why it was not tried. */
  readonly skipped?: string;
  /** Orders taken in all, and of those while it was broken. */
  readonly bought: number;
  readonly meanwhile: number;
  /** How many orders ended with each status. */
  readonly ends: Readonly<Record<string, number>>;
  /** From the healing until everything held. */
  readonly settledAfterMs: number;
  readonly violations: readonly Violation[];
};

/** Who buys, and what; and who looks at what is shown meanwhile. */
export type Cast = {
  readonly buyers: readonly Client[];
  /** Milliseconds that a buyer rests between two purchases; a quarter of a second unless said. */
  readonly restMs?: number;
  readonly article: Article;
  readonly visitor: Visitor;
};

const settleWithinS = 30;
/** Bought before the shop is broken, and again when it has healed. */
const boughtAround = 4;
/** A shop in which nobody has bought for so long is broken in another way than it was meant to be. */
const patienceMs = 60_000;

const endsOf = (shoppers: Shoppers): Record<string, number> => {
  const ends: Record<string, number> = {};
  for (const { shown } of shoppers.bought) {
    const status = shown.at(-1)?.status ?? 'never seen';
    ends[status] = (ends[status] ?? 0) + 1;
  }
  return ends;
};

/**
 * Breaks the shop while buyers buy and watch, heals it, and asks whether all that must hold does; several faults are made
 * and healed one after another before that is asked.
 */
export const runFaults = async (
  faults: readonly Fault[],
  stage: Stage,
  { buyers, article, visitor, restMs }: Cast,
): Promise<Outcome> => {
  const fault = faults.map(({ name }) => name).join(', then ');
  const skipped = faults.flatMap(({ skip }) => skip?.(stage) ?? []).at(0);
  if (skipped !== undefined)
    return { fault, skipped, bought: 0, meanwhile: 0, ends: {}, settledAfterMs: 0, violations: [] };
  const { database } = stage.graph.parts;
  const ordersBefore = await countOrders(database.auditor);
  const shoppers = startShoppers(openShop(stage.graph.gatewayUrl), buyers, article, restMs);
  const violations: Violation[] = [];
  let meanwhile = 0;
  if (!(await shoppers.more(boughtAround, patienceMs)))
    violations.push(violationOf('buyers buy before the shop is broken', 'nobody could'));
  for (const each of faults) {
    const seen = await breakAndHeal(each, stage, { visitor, shoppers, patienceMs });
    violations.push(...seen.violations);
    meanwhile += seen.taken;
  }
  const healed = performance.now();
  const within = Math.max(...faults.map((each) => each.settleWithinS ?? settleWithinS)) * 1_000;
  const late = setTimeout(shoppers.leave, within);
  if (!(await shoppers.more(boughtAround, within)))
    violations.push(violationOf('buyers buy again when the shop has healed', 'nobody could in time'));
  await shoppers.stopBuying();
  await shoppers.allSettled();
  violations.push(...(await askUntilSound(stage.graph, shoppers.bought, healed + within)));
  const settledAfterMs = performance.now() - healed;
  clearTimeout(late);
  shoppers.leave();
  const confirmsAll = faults.every(({ takesOrders }) => takesOrders);
  violations.push(...(await checkSales(database.auditor, shoppers, { ordersBefore, confirmsAll })));
  return {
    fault,
    bought: shoppers.bought.length,
    meanwhile,
    ends: endsOf(shoppers),
    settledAfterMs,
    violations,
  };
};
