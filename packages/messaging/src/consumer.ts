/** Hears one event: pulls messages, keeps a bounded number in hand, and settles each. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createBackoff } from './backoff.ts';
import { type Broker, BrokerAway, type BrokerConsumer, StreamMissing } from './broker.ts';
import { createHands } from './hands.ts';
import { createSettle, type SettleOptions } from './settle.ts';

/** Transactions at a time of a subscriber that handles one message in each. */
const concurrency = 16;
/** How long running handlers may take when the service stops; what they leave comes again. */
const stopMs = 8_000;

export type RunningConsumer = { stop(): Promise<void> };

type Options<Ports> = SettleOptions<Ports> & { readonly broker: Broker; readonly ackWaitMs: number };

const isExpected = (error: unknown) => error instanceof StreamMissing || error instanceof BrokerAway;

export const startConsumer = <Ports>(options: Options<Ports>): RunningConsumer => {
  const { broker, consumer, subscriber, pause, logger, ackWaitMs } = options;
  const { event, maxBatch } = subscriber;
  const stopping = new AbortController();
  const { signal } = stopping;
  const settle = createSettle(options);
  const workers = maxBatch > 1 ? 1 : concurrency;
  const capacity = 2 * workers * maxBatch;
  const hands = createHands(capacity, ackWaitMs / 3, signal);
  const backoff = createBackoff(100, 1_000);
  let complained = false;

  const open = () =>
    broker.openConsumer({
      stream: event.owner,
      durable: consumer,
      subject: event.subject,
      ackWaitMs,
      maxAckPending: Math.max(1_000, 4 * capacity),
    });
  const pullFrom = async (source: BrokerConsumer) => {
    while (!signal.aborted) {
      await pause.over(signal);
      const room = await hands.room();
      if (room === 0) return;
      for await (const delivery of source.fetch(room, signal)) hands.add(delivery);
      backoff.reset();
      complained = false;
    }
  };
  const pull = async () => {
    while (!signal.aborted) {
      try {
        await pullFrom(await open());
      } catch (error) {
        const level = complained || isExpected(error) ? 'debug' : 'warn';
        if (!signal.aborted) logger[level]({ err: error }, 'no messages can be had; trying until they can');
        complained ||= !isExpected(error);
        await sleep(backoff.next(), undefined, { signal }).catch(() => undefined);
      }
    }
  };
  const work = async () => {
    while (!signal.aborted) {
      await pause.over(signal);
      const taken = await hands.take(maxBatch, subscriber);
      if (taken.length > 0) hands.settled(taken, await settle(taken));
    }
  };
  const running = Promise.all([pull(), ...Array.from({ length: workers }, work)]);

  return {
    stop: async () => {
      stopping.abort();
      const late = new AbortController();
      await Promise.race([
        running,
        sleep(stopMs, undefined, { signal: late.signal }).catch(() => undefined),
      ]);
      late.abort();
      hands.close();
    },
  };
};
