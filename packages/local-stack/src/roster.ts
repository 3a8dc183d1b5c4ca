/** Everything that a stack has running, so that whatever happens, all of it can be stopped, last started first. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Child, ChildEnd } from './processes/child.ts';
import { stopOrphans } from './processes/orphans.ts';
import { isOurs, readPidFiles } from './processes/pid-file.ts';

/** A server or service that can be ended and started again as it was. */
export type Member = {
  readonly name: string;
  child(): Child;
  /** Starts it again, on the same port with the same data; ends it before, if it runs. */
  restart(): Promise<void>;
  /** Sends a signal and waits for the end. */
  kill(signal: NodeJS.Signals): Promise<ChildEnd>;
};

/** Thrown to whoever would start something while the stack is being stopped. */
export class StoppingError extends Error {
  override readonly name = 'StoppingError';
}

/** The members of one stack. */
export type Roster = {
  /** Starts a member and takes it in; `start` starts it again later. */
  start<T extends { child: Child }>(
    name: string,
    start: () => Promise<T>,
  ): Promise<{ member: Member; started: T }>;
  /** Runs a program that ends by itself; answers its end. */
  run(start: () => Promise<Child>): Promise<ChildEnd>;
  member(name: string): Member;
  members(): readonly Member[];
  isStopping(): boolean;
  stop(graceMs?: number): Promise<void>;
  /** Ends everything at once, without manners. */
  abandon(): void;
};

/** The servers, which the services need to the end. */
const servers: readonly string[] = ['postgres', 'nats', 'redis'];

/** An empty roster; `pidFolder` is where everything that it starts is noted. */
export const createRoster = (pidFolder: string): Roster => {
  const members = new Map<string, Member>();
  const passing = new Set<Child>();
  const launches = new Set<Promise<unknown>>();
  let stopping = false;

  const refuseWhenStopping = () => {
    if (stopping) throw new StoppingError('The stack is being stopped.');
  };

  const startUnlessStopping = async <T>(
    begin: () => Promise<T>,
    childOf: (started: T) => Child,
  ): Promise<T> => {
    refuseWhenStopping();
    const started = await begin();
    if (stopping) await childOf(started).stop();
    refuseWhenStopping();
    return started;
  };

  const launch = async <T>(begin: () => Promise<T>, childOf: (started: T) => Child): Promise<T> => {
    const launched = startUnlessStopping(begin, childOf);
    launches.add(launched);
    try {
      return await launched;
    } finally {
      launches.delete(launched);
    }
  };

  const start: Roster['start'] = async (name, begin) => {
    const started = await launch(begin, ({ child }) => child);
    let { child } = started;
    const member: Member = {
      name,
      child: () => child,
      kill: (signal) => {
        child.kill(signal);
        return child.ended;
      },
      restart: async () => {
        if (!child.hasEnded()) await child.stop();
        child = (await launch(begin, (again) => again.child)).child;
      },
    };
    members.set(name, member);
    return { member, started };
  };

  const run: Roster['run'] = async (begin) => {
    const child = await launch(begin, (started) => started);
    passing.add(child);
    const end = await child.ended;
    passing.delete(child);
    return end;
  };

  /** Whatever has been started but is not ready yet is known by its pid file alone. */
  const stopLaunches = async () => {
    while (launches.size > 0) {
      await stopOrphans(pidFolder);
      await delay(20);
    }
  };

  const stop = async (graceMs?: number) => {
    stopping = true;
    await Promise.all([...passing].map((child) => child.stop(graceMs)));
    const all = [...members.values()];
    // Services first: they finish what they are at while their servers still answer.
    const tiers = [
      all.filter(({ name }) => !servers.includes(name)),
      all.filter(({ name }) => servers.includes(name)),
    ];
    for (const tier of tiers) await Promise.all(tier.map((member) => member.child().stop(graceMs)));
    await stopLaunches();
  };

  const abandon = () => {
    stopping = true;
    for (const { name, pid } of readPidFiles(pidFolder).filter(isOurs)) {
      // SIGQUIT ends Postgres at once, but with its own processes; it recovers on its next start. The others go with
      // whatever they started: each leads a group of its own.
      if (name === 'postgres') process.kill(pid, 'SIGQUIT');
      else process.kill(-pid, 'SIGKILL');
    }
  };

  const member = (name: string) => {
    const found = members.get(name);
    if (!found)
      throw new Error(`${name} does not run in this stack: ${[...members.keys()].join(', ')} do.`);
    return found;
  };

  return {
    start,
    run,
    member,
    members: () => [...members.values()],
    isStopping: () => stopping,
    stop,
    abandon,
  };
};
