import { countParked, type Messaging, type Sql } from '@emporium/messaging';
import { Gauge, type Registry } from 'prom-client';

type Parts = {
  readonly sql: Sql;
  readonly messaging: Pick<Messaging, 'consumers' | 'isConnected'>;
};

/** What operators are woken by. All are read when somebody looks; what does not answer leaves the last figures. */
export const createOperationsMetrics = ({ sql, messaging }: Parts, registry: Registry): void => {
  const registers = [registry];
  const parked = new Gauge({
    name: 'emporium_parked_messages',
    help: 'Messages that wait for a person, by consumer; the same from every replica.',
    labelNames: ['consumer'],
    registers,
    collect: async () => {
      const counts = await countParked(sql).catch(() => null);
      if (!counts) return;
      parked.reset();
      for (const [consumer, waiting] of counts) parked.set({ consumer }, waiting);
    },
  });
  const pending = new Gauge({
    name: 'emporium_consumer_pending',
    help: 'Messages that a consumer was not given yet, by the broker’s count; the same from every replica.',
    labelNames: ['consumer'],
    registers,
    collect: async () => {
      const states = await messaging.consumers().catch(() => []);
      for (const { name, pending: waiting } of states) pending.set({ consumer: name }, waiting);
    },
  });
  const connected = new Gauge({
    name: 'emporium_broker_connected',
    help: '1 while this process is connected to the broker, 0 while it is not.',
    registers,
    collect: () => {
      connected.set(messaging.isConnected() ? 1 : 0);
    },
  });
  const answer = new Gauge({
    name: 'emporium_database_answer_seconds',
    help: 'How long the database took to answer nothing, the wait for one of the pool’s connections included; +Inf when it did not.',
    registers,
    collect: async () => {
      const begun = performance.now();
      const answered = await sql.$queryRawUnsafe('SELECT 1').then(
        () => true,
        () => false,
      );
      answer.set(answered ? (performance.now() - begun) / 1000 : Number.POSITIVE_INFINITY);
    },
  });
};
