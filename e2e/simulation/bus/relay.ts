import { type Alarm, type Broker, createLead, type OutboxTable } from '@emporium/messaging/parts';
import type { Process } from '../kernel/process.ts';
import type { Scheduler } from '../kernel/scheduler.ts';
import { metrics, silent } from './silent.ts';

/** For what no wake-up told of; whoever commits wakes the relay. */
const pollMs = 5000;

/** As messaging's own, on the world's clock. */
const createAlarm = (scheduler: Scheduler, process: Process): Alarm => {
  let rung = false;
  let wakeUp: (() => void) | undefined;
  return {
    ring: () => {
      rung = true;
      if (wakeUp) scheduler.later(process, 0.1, 'the relay is woken', wakeUp);
    },
    wait: async (milliseconds) => {
      if (!rung) {
        await new Promise<void>((resolve) => {
          wakeUp = resolve;
          scheduler.later(process, milliseconds, 'the relay looks', resolve);
        });
        wakeUp = undefined;
      }
      const answer = rung;
      rung = false;
      return answer;
    },
  };
};

/** The relay of a process, which leads while it lives: messaging's own. Answers the way to wake it. */
export const startRelay = (
  scheduler: Scheduler,
  process: Process,
  outbox: OutboxTable,
  broker: Broker,
): (() => void) => {
  const alarm = createAlarm(scheduler, process);
  const lead = () =>
    createLead({
      ...{ owner: process.name, broker, pollMs, logger: silent, metrics, outbox, alarm },
      now: scheduler.now,
      interrupt: createAlarm(scheduler, process),
      isOver: () => !process.isAlive(),
    })();
  const run = async () => {
    while (process.isAlive()) {
      await lead().catch(() => undefined);
      await scheduler.sleep(process, 500, 'the relay has lost its database');
    }
  };
  void run();
  return alarm.ring;
};
