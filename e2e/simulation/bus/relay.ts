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

/** How often a relay that stands by asks for the lead. */
const standByMs = 1000;

/** Who leads the relays of a subgraph: as an advisory lock, which ends with its connection. */
export type Leadership = {
  /** The lead, since that time; false when somebody else has it. */
  take(process: Process, wake: () => void): boolean;
  wake(): void;
};

/** `isLost`: whether a connection of that time is gone. */
export const createLeadership = (
  scheduler: Scheduler,
  isLost: (process: Process, since: number) => boolean,
): Leadership => {
  let leader: { readonly process: Process; readonly since: number; readonly wake: () => void } | undefined;
  return {
    take: (process, wake) => {
      if (leader && leader.process !== process && !isLost(leader.process, leader.since)) return false;
      leader = { process, since: scheduler.now(), wake };
      return true;
    },
    wake: () => leader?.wake(),
  };
};

type Relaying = {
  readonly scheduler: Scheduler;
  readonly process: Process;
  readonly leadership: Leadership;
  /** Over a connection that is opened now. */
  readonly connect: () => Promise<OutboxTable>;
  readonly broker: Broker;
};

/** The relay of a process, which leads or stands by: messaging's own leading. Answers the way to wake it. */
export const startRelay = ({ scheduler, process, leadership, connect, broker }: Relaying): (() => void) => {
  const alarm = createAlarm(scheduler, process);
  const serve = async () => {
    const outbox = await connect();
    while (!leadership.take(process, alarm.ring)) {
      if (await alarm.wait(standByMs))
        scheduler.later(process, 0.5, 'the leader is woken', leadership.wake);
    }
    await createLead({
      ...{ owner: process.name, broker, pollMs, logger: silent, metrics, outbox, alarm },
      now: scheduler.now,
      interrupt: createAlarm(scheduler, process),
      isOver: () => !process.isAlive(),
    })();
  };
  const run = async () => {
    while (process.isAlive()) {
      await serve().catch(() => undefined);
      await scheduler.sleep(process, 500, 'the relay has lost its database');
    }
  };
  void run();
  return alarm.ring;
};
