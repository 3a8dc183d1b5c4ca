/** A broker that keeps what it has taken, and otherwise does what brokers do: late, twice, out of order, and again. */
import { type Broker, BrokerAway, type Delivery } from '@emporium/messaging/parts';
import type { Process } from '../kernel/process.ts';
import type { Weather } from '../kernel/weather.ts';

const ackWaitMs = 10_000;
/** For so long the broker knows a message's id again. */
const duplicateWindowMs = 120_000;

type Message = {
  readonly id: string;
  readonly subject: string;
  readonly body: string;
  readonly sequence: number;
  readonly at: number;
};

/** A message at one consumer, until it is acknowledged. */
type Pending = {
  readonly message: Message;
  acknowledged: boolean;
  offered: number;
  /** Whoever took it last. */
  takenBy: Process | null;
};

/** Where one consumer's messages arrive. */
export type Durable = {
  readonly name: string;
  readonly subject: string;
  readonly ready: Pending[];
  readonly pending: Set<Pending>;
  /** Replicas that may take what is in `ready`; each says whether it will look. */
  readonly takers: Map<Process, () => boolean>;
};

export type MemoryBroker = {
  /** What a process's relay publishes to. */
  publisherFor(process: Process): Broker;
  addConsumer(name: string, subject: string): Durable;
  deliveryFor(process: Process, durable: Durable, pending: Pending): Delivery;
  /** Whoever died has given back what it had. */
  giveBack(durable: Durable, process: Process): void;
  /** Plain, at most once, of all that is published. */
  onPublished(listener: (subject: string, body: string) => void): void;
  /** All that a stream has, oldest first. */
  published(owner: string): readonly { readonly id: string }[];
  /** What consumers have not acknowledged yet. */
  pending(): readonly string[];
};

export const createMemoryBroker = (weather: Weather): MemoryBroker => {
  const { scheduler, noise, strikes } = weather;
  const streams = new Map<string, Message[]>();
  const consumers: Durable[] = [];
  const listeners: ((subject: string, body: string) => void)[] = [];
  const streamOf = (owner: string): Message[] => {
    const stream = streams.get(owner) ?? [];
    streams.set(owner, stream);
    return stream;
  };

  /** One of those who may look does: which, nobody knows. */
  const arrived = ({ name, takers }: Durable): void => {
    const all = [...takers.values()];
    const first = all.length > 1 ? noise.between(`${name} is looked after by`, 0, all.length - 1) : 0;
    for (let index = 0; index < all.length; index += 1) if (all[(first + index) % all.length]?.()) return;
  };
  const offer = (durable: Durable, pending: Pending, inMs: number): void => {
    pending.offered += 1;
    const round = pending.offered;
    scheduler.later(null, inMs, `${durable.name} may have ${pending.message.id}`, () => {
      // Something else has offered it again meanwhile.
      if (pending.acknowledged || pending.offered !== round) return;
      durable.ready.push(pending);
      arrived(durable);
      offer(durable, pending, ackWaitMs);
    });
  };
  /** Late by a little, now and then by much: so that what came first is often handled last. */
  const delayOf = (durable: Durable, { id }: Message): number => {
    const place = `${durable.name} ${id}`;
    if (weather.isCalm()) return 1;
    return noise.happens(place, 0.08) ? noise.between(place, 500, 9000) : noise.between(place, 1, 40);
  };
  const spread = (message: Message): void => {
    for (const durable of consumers) {
      if (durable.subject !== message.subject) continue;
      const pending: Pending = { message, acknowledged: false, offered: 0, takenBy: null };
      durable.pending.add(pending);
      offer(durable, pending, delayOf(durable, message));
      // A copy of a consumer's own: what was delivered while its acknowledgement was on the way.
      if (strikes(`${durable.name} ${message.id} twice`, 0.1)) {
        const place = `${durable.name} ${message.id} copy`;
        scheduler.later(null, noise.between(place, 1, 4000), `${message.id} comes twice`, () => {
          durable.ready.push(pending);
          arrived(durable);
        });
      }
    }
    for (const listener of listeners) listener(message.subject, message.body);
  };
  const take = (owner: string, id: string, subject: string, body: string) => {
    const stream = streamOf(owner);
    const known = stream.find((each) => each.id === id && each.at > scheduler.now() - duplicateWindowMs);
    if (known) return { sequence: known.sequence, duplicate: true };
    const message = { id, subject, body, sequence: stream.length + 1, at: scheduler.now() };
    stream.push(message);
    spread(message);
    return { sequence: message.sequence, duplicate: false };
  };

  const publisherFor = (process: Process): Broker => {
    const answered = async (place: string) => {
      await scheduler.sleep(process, 0.5 + noise.unit(place) * 3, place);
      if (weather.isAway('BROKER_AWAY')) throw new BrokerAway();
    };
    return {
      isConnected: () => true,
      onConnect: () => () => undefined,
      ensureStream: async (owner) => {
        await answered(`${owner} ensures its stream`);
        return { lastSequence: streamOf(owner).length };
      },
      publish: async ({ id, subject, body }) => {
        await weather.pass(process, 'publish', 'before');
        await answered(`publishes ${id}`);
        if (strikes(`${id} is lost`, 0.03)) throw new BrokerAway();
        const published = take(process.name, id, subject, body);
        await weather.pass(process, 'publish', 'after');
        await answered(`published ${id}`);
        if (strikes(`${id} is not answered`, 0.03)) throw new BrokerAway();
        return published;
      },
      openConsumer: () =>
        Promise.reject(new Error('consumers of the simulation are handed their messages')),
      subscribe: () => () => undefined,
      close: async () => undefined,
    };
  };

  return {
    publisherFor,
    addConsumer: (name, subject) => {
      const durable: Durable = { name, subject, ready: [], pending: new Set(), takers: new Map() };
      consumers.push(durable);
      return durable;
    },
    deliveryFor: (process, durable, pending) => {
      const { message } = pending;
      pending.takenBy = process;
      return {
        id: message.id,
        subject: message.subject,
        sequence: message.sequence,
        text: message.body,
        ack: () => {
          if (!weather.survives(process, 'ack', 'before')) return;
          if (!strikes(`${durable.name} ${message.id} unacknowledged`, 0.05)) {
            scheduler.later(null, 1, `${durable.name} acknowledges ${message.id}`, () => {
              pending.acknowledged = true;
              durable.pending.delete(pending);
            });
          }
          weather.survives(process, 'ack', 'after');
        },
        retryIn: (milliseconds) => {
          if (process.isAlive()) offer(durable, pending, milliseconds);
        },
        working: () => undefined,
      };
    },
    giveBack: (durable, process) => {
      durable.takers.delete(process);
      for (const pending of durable.pending)
        if (pending.takenBy === process)
          offer(durable, pending, noise.between(`${durable.name} gives back`, 100, ackWaitMs));
    },
    onPublished: (listener) => listeners.push(listener),
    published: streamOf,
    pending: () =>
      consumers.flatMap(({ name, pending }) =>
        [...pending].map(({ message: { id } }) => `${id} at ${name}`),
      ),
  };
};
