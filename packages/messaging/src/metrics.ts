import { Counter, Gauge, Registry } from 'prom-client';

/** `postponed`: database or broker did not answer, which is nobody's fault and no attempt. */
export type Outcome = 'handled' | 'duplicate' | 'parked' | 'retried' | 'postponed';

/** What operators see of messaging. */
export type MessagingMetrics = {
  count(consumer: string, outcome: Outcome, messages?: number): void;
  published(messages: number): void;
  /** Seconds that the oldest unpublished message has been waiting; 0 when none waits. */
  lag(seconds: number): void;
  leads(leads: boolean): void;
};

export const createMetrics = (registry: Registry = new Registry()): MessagingMetrics => {
  const registers = [registry];
  const messages = new Counter({
    name: 'emporium_messages_total',
    help: 'Messages received, by consumer and by what became of them.',
    labelNames: ['consumer', 'outcome'],
    registers,
  });
  const published = new Counter({
    name: 'emporium_outbox_published_total',
    help: 'Messages that the broker acknowledged.',
    registers,
  });
  const lag = new Gauge({
    name: 'emporium_outbox_lag_seconds',
    help: 'How long the oldest unpublished message has been waiting.',
    registers,
  });
  const leader = new Gauge({
    name: 'emporium_relay_leader',
    help: '1 where the relay of this process publishes, 0 where it stands by.',
    registers,
  });
  return {
    count: (consumer, outcome, count = 1) => messages.inc({ consumer, outcome }, count),
    published: (count) => published.inc(count),
    lag: (seconds) => lag.set(seconds),
    leads: (leads) => leader.set(leads ? 1 : 0),
  };
};
