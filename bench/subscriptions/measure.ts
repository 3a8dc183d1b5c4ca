import type { BenchGateway } from './bench-gateway.ts';
import type { Subscriber } from './processes/clients.ts';
import type { Run } from './report.ts';
import type { Scenario } from './scenarios.ts';
import type { Clients, Surroundings } from './surroundings.ts';

const patienceMs = 30_000;
/** Before anything is measured, as a gateway that has run for a while has compiled its code. */
const warmUpChanges = 3;
const upstreamsMetric = 'gateway_upstream_subscriptions';

type Parts = {
  readonly surroundings: Surroundings;
  readonly clients: Clients;
  readonly gateway: BenchGateway;
};

/** Subscribes, lets orders change, takes times and memory, and lets all leave. */
export const measure = async (parts: Parts, scenario: Scenario, size: number): Promise<Run> => {
  const { surroundings, clients, gateway } = parts;
  const subscribers = scenario.subscribers(surroundings.tokens.slice(0, size));
  const began = performance.now();
  await clients.connect(subscribers, gateway);
  const connect = (performance.now() - began) / 1000;
  const { rss } = await gateway.memory();
  const upstreams = await gateway.metric(upstreamsMetric);

  for (let change = 0; change < warmUpChanges; change += 1) await changeEach(parts, scenario, subscribers);
  const latencies: number[] = [];
  for (let change = 0; change < scenario.changes; change += 1)
    for (const latency of await changeEach(parts, scenario, subscribers)) latencies.push(latency);
  const { mostRss } = await gateway.memory();
  await clients.disconnect();
  return { scenario: scenario.name, subscribers: size, upstreams, connect, latencies, rss, mostRss };
};

/** Lets all come, hear of a change and leave; returns the heap that is left then, in bytes. */
export const comeAndLeave = async (parts: Parts, scenario: Scenario, size: number): Promise<number> => {
  const { surroundings, clients, gateway } = parts;
  const subscribers = scenario.subscribers(surroundings.tokens.slice(0, size));
  await clients.connect(subscribers, gateway);
  await changeEach(parts, scenario, subscribers);
  await clients.disconnect();
  const until = Date.now() + patienceMs;
  while ((await gateway.metric(upstreamsMetric)) > 0) {
    if (Date.now() > until) throw new Error('the gateway keeps upstreams that nobody listens to');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return gateway.heap();
};

/** Each order changes once; returns how long each subscriber waited to hear of it, in milliseconds. */
const changeEach = (
  { surroundings, clients }: Parts,
  { resultsPerSecond }: Scenario,
  subscribers: readonly Subscriber[],
): Promise<readonly number[]> => {
  const orders = [...new Set(subscribers.map(({ order }) => order))];
  const pauseMs = resultsPerSecond ? (1000 * subscribers.length) / orders.length / resultsPerSecond : 0;
  surroundings.change(orders, pauseMs);
  return clients.collect(subscribers.length);
};
