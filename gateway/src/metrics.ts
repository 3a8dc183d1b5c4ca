import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** What `/metrics` shows. One set per running gateway, so that tests may run several in a process. */
export const createMetrics = () => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    requests: new Counter({
      name: 'gateway_requests_total',
      help: 'Answers to GraphQL operations over HTTP, by status.',
      labelNames: ['status'],
      registers,
    }),
    latency: new Histogram({
      name: 'gateway_request_seconds',
      help: 'Time from a whole HTTP request to its answer.',
      buckets: seconds,
      registers,
    }),
    fetches: new Counter({
      name: 'gateway_subgraph_fetches_total',
      help: 'Fetches from subgraphs: answered, unavailable, or shared with an identical one in flight.',
      labelNames: ['subgraph', 'outcome'],
      registers,
    }),
    fetchLatency: new Histogram({
      name: 'gateway_subgraph_fetch_seconds',
      help: 'Time that a subgraph takes to answer.',
      labelNames: ['subgraph'],
      buckets: seconds,
      registers,
    }),
    rateLimited: new Counter({
      name: 'gateway_rate_limited_total',
      help: 'Requests and operations that were refused, by the limit that they met.',
      labelNames: ['limit'],
      registers,
    }),
    liveSubscriptions: new Gauge({
      name: 'gateway_live_subscriptions',
      help: 'Subscriptions of clients that are open now.',
      registers,
    }),
    upstreams: new Gauge({
      name: 'gateway_upstream_subscriptions',
      help: 'Subscriptions of the gateway at subgraphs, each shared by all clients that ask for the same.',
      labelNames: ['subgraph'],
      registers,
    }),
    slowSubscribers: new Counter({
      name: 'gateway_slow_subscribers_total',
      help: 'Full queues behind a slow client: what it missed is taken up again (resumes), or it is closed (dropped).',
      labelNames: ['outcome'],
      registers,
    }),
    interruptions: new Counter({
      name: 'gateway_upstream_interruptions_total',
      help: 'Times that a subscription lost its subgraph, or fell behind, and was taken up again.',
      labelNames: ['subgraph', 'reason'],
      registers,
    }),
  };
};

export type Metrics = ReturnType<typeof createMetrics>;
