import type { Subscriber } from '@emporium/messaging';
import {
  createAttempts,
  createSettle,
  type Delivery,
  defaultRetryDelays,
  type TransactWithInbox,
} from '@emporium/messaging/parts';
import type { Process } from '../kernel/process.ts';
import type { Weather } from '../kernel/weather.ts';
import type { Durable, MemoryBroker } from './memory-broker.ts';
import { metrics, silent } from './silent.ts';

/** Transactions at a time of a subscriber that handles one message in each; of one that takes several a replica has one. */
const workersOfOne = 2;
const workersOfMany = 1;

type Consuming<Ports> = {
  readonly weather: Weather;
  readonly broker: MemoryBroker;
  readonly process: Process;
  readonly durable: Durable;
  readonly subscriber: Subscriber<Ports>;
  readonly transact: TransactWithInbox<Ports>;
  readonly seam: (delivery: Delivery) => Delivery;
};

/** What a consumer does while its process lives: messaging's own settling, of what the broker hands over, in any order. */
export const consume = <Ports>({
  weather,
  broker,
  process,
  durable,
  subscriber,
  transact,
  seam,
}: Consuming<Ports>): void => {
  const { scheduler, noise } = weather;
  const consumer = durable.name;
  let pausedUntil = 0;
  let working = 0;
  let takenAt = Number.NEGATIVE_INFINITY;
  let held: readonly Delivery[] = [];
  const settle = createSettle({
    ...{ consumer, subscriber, transact, logger: silent, metrics },
    retryDelays: defaultRetryDelays,
    attempts: createAttempts(),
    pause: {
      extend: () => {
        const begins = scheduler.now() >= pausedUntil;
        if (begins) pausedUntil = scheduler.now() + 1000;
        return begins;
      },
      end: () => {
        pausedUntil = 0;
      },
      over: async () => undefined,
    },
    afterConflict: (times) =>
      scheduler.sleep(process, times * (5 + noise.unit(`${consumer} conflict`) * 20), 'after a conflict'),
  });
  const take = (): Delivery[] => {
    const taken: Delivery[] = [...held.slice(0, subscriber.maxBatch)];
    held = held.slice(taken.length);
    while (taken.length < subscriber.maxBatch && durable.ready.length > 0) {
      const index = weather.isCalm() ? 0 : noise.between(`${consumer} takes`, 0, durable.ready.length - 1);
      const [pending] = durable.ready.splice(index, 1);
      if (pending && !pending.acknowledged) taken.push(seam(broker.deliveryFor(process, durable, pending)));
    }
    return taken;
  };
  const work = async (): Promise<void> => {
    for (;;) {
      const rest = Math.max(subscriber.lingerMs, takenAt + subscriber.everyMs - scheduler.now(), 0.5);
      await scheduler.sleep(process, rest, `${consumer} looks`);
      const wait = pausedUntil - scheduler.now();
      if (wait > 0) await scheduler.sleep(process, wait, `${consumer} pauses`);
      const taken = take();
      if (taken.length === 0) break;
      takenAt = scheduler.now();
      held = [...(await settle(taken)), ...held];
    }
    working -= 1;
  };
  const look = (): boolean => {
    if (!process.isAlive() || working >= (subscriber.maxBatch > 1 ? workersOfMany : workersOfOne))
      return false;
    working += 1;
    void work();
    return true;
  };
  durable.takers.set(process, look);
  look();
};
