import { findViolations, type Violation } from './checks/check.ts';
import { type Seams, soundSeams } from './planted/seams.ts';
import { openShop } from './shop/world.ts';
import { createActors } from './story/actors.ts';
import type { Story } from './story/story.ts';

/** What a story came to. */
export type Ending = {
  readonly violations: readonly Violation[];
  /** Of all that happened, in its order: the same story has the same. */
  readonly digest: string;
  readonly trace: readonly string[];
  /** What each operation came to, by its id. */
  readonly outcomes: ReadonlyMap<string, string>;
  readonly statistics: Statistics;
};

export type Statistics = {
  readonly orders: ReadonlyMap<string, number>;
  readonly events: number;
  readonly crashes: number;
  readonly virtualMs: number;
};

/** By then all is done, and whatever was to go wrong has. */
const stormMs = 120_000;
/** After the storm nothing may take longer. */
const patienceMs = 30 * 60_000;
/** What nothing wakes is looked at within so long. */
const settlingMs = 12_000;
/** Longer than a shipment waits for its buyer's word. */
const eightDays = 8 * 86_400_000;

/** Tells a story to its end, and checks what must always hold: when it is quiet, and when the last time-out is over. */
export const runStory = async (
  story: Story,
  {
    seams = soundSeams,
    keepsTrace = false,
  }: { readonly seams?: Seams; readonly keepsTrace?: boolean } = {},
): Promise<Ending> => {
  const shop = openShop(story, seams, keepsTrace);
  const { scheduler, weather } = shop;
  const actors = createActors(shop);
  actors.begin(story.operations);
  const settle = async (): Promise<readonly Violation[]> => {
    const isOver = () => shop.isQuiet() && !actors.isActing();
    for (let until = 0; until < scheduler.now(); ) {
      if (!(await scheduler.run(isOver, scheduler.now() + patienceMs)))
        return [
          {
            rule: 'after the storm comes quiet',
            what: shop.unrest().join('; ') || 'somebody is not answered',
          },
        ];
      until = scheduler.now() + settlingMs;
      await scheduler.run(() => false, until);
      // Something may have begun meanwhile.
      if (isOver()) break;
      until = 0;
    }
    return findViolations(shop, actors.told);
  };
  await scheduler.run(() => false, stormMs);
  weather.calm();
  let violations = await settle();
  if (violations.length === 0) {
    scheduler.skip(eightDays);
    await scheduler.run(() => false, scheduler.now() + 70_000);
    violations = await settle();
  }
  for (const process of shop.all.flatMap(({ all }) => all())) process.kill();
  return {
    violations,
    digest: scheduler.digest(),
    trace: scheduler.trace,
    outcomes: actors.told.outcomes,
    statistics: {
      orders: countBy([...shop.orders.tables.orders.committed.values()].map(({ status }) => status)),
      events: shop.all.reduce((sum, { messages }) => sum + messages.outbox.committed.size, 0),
      crashes: shop.deaths.length,
      virtualMs: scheduler.now(),
    },
  };
};

const countBy = (texts: readonly string[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
};
