import { currentCause } from '@emporium/messaging';
import { createMemoryBroker } from '../bus/memory-broker.ts';
import { createNoise, hashOf } from '../kernel/noise.ts';
import { createScheduler } from '../kernel/scheduler.ts';
import { createWeather } from '../kernel/weather.ts';
import type { Seams } from '../planted/seams.ts';
import type { Story } from '../story/story.ts';
import { createInventory } from './inventory.ts';
import { createOrders } from './orders.ts';
import { createPayments } from './payments.ts';
import { createProducts } from './products.ts';
import { stockShop } from './stock-shop.ts';
import { createUsers } from './users.ts';

/** Five subgraphs, a broker and a card provider in one process, on one clock. */
export type Shop = ReturnType<typeof openShop>;

export const openShop = ({ seed, faults }: Story, seams: Seams, keepsTrace: boolean) => {
  const noise = createNoise(Math.imul(seed, 0x9e3779b1) ^ 0x5bd1e995);
  const scheduler = createScheduler(noise, keepsTrace);
  const deaths: string[] = [];
  const weather = createWeather(scheduler, noise, faults, ({ name, replica }, downMs) => {
    deaths.push(name);
    scheduler.later(null, downMs, `${name} ${replica} starts again`, () =>
      all.find((each) => each.name === name)?.start(replica),
    );
  });
  const broker = createMemoryBroker(weather);
  const counts = new Map<string, number>();
  const newId = (subgraph: string): string => {
    const { causationId, requestId } = currentCause();
    const stem = `${subgraph.slice(0, 2)}-${hashOf(causationId ?? requestId ?? '').toString(36)}`;
    const count = (counts.get(stem) ?? 0) + 1;
    counts.set(stem, count);
    return `${stem}-${count}`;
  };
  const world = { weather, broker, seams, newId };
  const subgraphs = {
    users: createUsers(world),
    products: createProducts(world),
    inventory: createInventory(world),
    orders: createOrders(world),
    payments: createPayments(world),
  };
  const all = Object.values(subgraphs);
  stockShop(subgraphs);
  for (const { open } of all) open();

  /** What is on its way, or waits for anything but time; nothing when all is quiet. */
  const unrest = (): readonly string[] => [
    ...(weather.isCalm() ? [] : ['the storm']),
    ...all
      .filter((each) => !each.all().every(({ isAlive }) => isAlive()))
      .map(({ name }) => `${name} is down`),
    ...broker.pending().map((what) => `not acknowledged: ${what}`),
    ...all.flatMap(({ messages }) =>
      [...messages.outbox.committed.values()]
        .filter(({ publishedAt }) => publishedAt === null)
        .map(({ id }) => `not published: ${id}`),
    ),
    ...[...subgraphs.payments.tables.calls.committed.keys()].map(
      (id) => `the provider owes an answer: ${id}`,
    ),
    ...[...subgraphs.orders.tables.deadlines.committed.values()]
      .filter(({ isParked }) => !isParked)
      .map(({ orderId, step }) => `${step} of ${orderId} waits`),
  ];

  return {
    ...subgraphs,
    all,
    weather,
    scheduler,
    noise,
    broker,
    unrest,
    isQuiet: () => unrest().length === 0,
    deaths,
  };
};
