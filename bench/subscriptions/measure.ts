import type { BenchGateway } from './bench-gateway.ts';
import type { Run } from './report.ts';
import type { Scenario } from './scenarios.ts';
import type { Clients, Surroundings } from './surroundings.ts';

const patienceMs = 30_000;
/** Before anything is measured, as a gateway that has run for a while has compiled its code. */
const warmUpChanges = 3;
const ownersOfStreams = 'gateway_upstream_subscriptions';

type Parts = {
  readonly surroundings: Surroundings;
  readonly clients: Clients;
  readonly gateway: BenchGateway;
};

/** Subscribes, lets orders change, and takes times and memory. The clients stay. */
export const measure = async (
  { surroundings, clients, gateway }: Parts,
  scenario: Scenario,
  size: number,
): Promise<Run> => {
  const subscribers = scenario.subscribers(surroundings.tokens.slice(0, size));
  const began = performance.now();
  await clients.connect(subscribers, gateway);
  const connect = (performance.now() - began) / 1000;
  const { rss } = await gateway.memory();
  const upstreams = await gateway.metric(ownersOfStreams);

  const orders = [...new Set(subscribers.map(({ order }) => order))];
  const { resultsPerSecond } = scenario;
  const pauseMs = resultsPerSecond ? (1000 * size) / orders.length / resultsPerSecond : 0;
  const changeAll = (): Promise<readonly number[]> => {
    surroundings.change(orders, pauseMs);
    return clients.collect(size);
  };
  for (let change = 0; change < warmUpChanges; change += 1) await changeAll();
  const latencies: number[] = [];
  for (let change = 0; change < scenario.changes; change += 1)
    for (const latency of await changeAll()) latencies.push(latency);
  const { mostRss } = await gateway.memory();
  return { scenario: scenario.name, subscribers: size, upstreams, connect, latencies, rss, mostRss };
};

/** The heap that is left when everyone has gone, in bytes. */
export const heapWhenAllLeft = async ({ clients, gateway }: Parts): Promise<number> => {
  await clients.disconnect();
  const until = Date.now() + patienceMs;
  while ((await gateway.metric(ownersOfStreams)) > 0) {
    if (Date.now() > until) throw new Error('the gateway keeps upstreams that nobody listens to');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return gateway.heap();
};
