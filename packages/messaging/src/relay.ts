/** Carries the outbox to the broker: one relay per subgraph leads, the others stand by. */
import { createAlarm } from './alarm.ts';
import { createBackoff } from './backoff.ts';
import { createLead, type RelayOptions } from './lead.ts';
import { outboxIn } from './outbox-rows.ts';
import { openRelaySession, type RelaySession } from './relay-session.ts';

export type Relay = {
  /** Something was committed to the outbox. */
  wake(): void;
  /** Its database connection is there. */
  isHealthy(): boolean;
  stop(): Promise<void>;
};

/** How often a relay that stands by asks for the lead. */
const standByMs = 1_000;

export const startRelay = (options: RelayOptions): Relay => {
  const { owner, databaseUrl, broker, logger, metrics } = options;
  const alarm = createAlarm();
  const interrupt = createAlarm();
  const backoff = createBackoff();
  let stopped = false;
  let complained = false;
  let session: RelaySession | undefined;

  const interruptAll = () => {
    interrupt.ring();
    alarm.ring();
  };
  const isOver = () => stopped || session?.isLost() === true;

  /** Resolves when this relay leads, or has lost its connection. */
  const standBy = async (current: RelaySession) => {
    while (!isOver() && !(await current.takeLead())) {
      if (await alarm.wait(standByMs)) await current.wakeLeader();
    }
  };
  const serve = async () => {
    session = await openRelaySession(databaseUrl, owner, { woken: alarm.ring, lost: interruptAll });
    await standBy(session);
    if (isOver()) return;
    backoff.reset();
    complained = false;
    logger.info('the relay leads');
    metrics.leads(true);
    const outbox = outboxIn(session.client);
    await createLead({ ...options, outbox, now: Date.now, alarm, interrupt, isOver })();
  };
  const run = async () => {
    while (!stopped) {
      try {
        await serve();
      } catch (error) {
        const level = complained ? 'debug' : 'warn';
        logger[level]({ err: error }, 'the relay has lost its database; trying again until it answers');
        complained = true;
      }
      metrics.leads(false);
      await session?.end();
      session = undefined;
      if (!stopped) await interrupt.wait(backoff.next());
    }
  };
  const forgetConnect = broker.onConnect(interruptAll);
  const running = run();

  return {
    wake: alarm.ring,
    isHealthy: () => session !== undefined && !session.isLost(),
    stop: async () => {
      stopped = true;
      forgetConnect();
      interruptAll();
      await running;
    },
  };
};
