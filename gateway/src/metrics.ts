import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { createSeriesCounter, createSeriesHistogram } from './observation/series.ts';

const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** What `/metrics` shows. One set per running gateway, so that tests may run several in a process. */
export const createMetrics = () => {
  const registry = new Registry();
  // The lag of the event loop is sampled so rarely because each sample wakes the process.
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 100 });
  const registers = [registry];
  return {
    registry,
    requests: createSeriesCounter({
      name: 'gateway_requests_total',
      help: 'Answers to GraphQL operations, by HTTP status, or websocket, and by who asked for what.',
      registry,
    }),
    latency: createSeriesHistogram(
      {
        name: 'gateway_request_seconds',
        help: 'Time from a request to its answer; of a subscription, to its beginning.',
        registry,
      },
      seconds,
    ),
    shed: new Counter({
      name: 'gateway_requests_shed_total',
      help: 'Operations over HTTP that were refused because there was too much to do: requests in flight, or a late event loop.',
      labelNames: ['reason'],
      registers,
    }),
    fetches: createSeriesCounter({
      name: 'gateway_subgraph_fetches_total',
      help: 'Fetches from subgraphs: answered, unavailable, refused by an open breaker, or shared with an identical one in flight.',
      registry,
    }),
    fetchLatency: createSeriesHistogram(
      {
        name: 'gateway_subgraph_fetch_seconds',
        help: 'Time that a subgraph takes to answer.',
        registry,
      },
      seconds,
    ),
    breakerState: new Gauge({
      name: 'gateway_subgraph_breaker_state',
      help: 'Whether a subgraph is asked: 0 closed (it is), 1 half-open (one fetch, to see), 2 open (it is not).',
      labelNames: ['subgraph'],
      registers,
    }),
    reloads: new Counter({
      name: 'gateway_supergraph_reloads_total',
      help: 'Supergraphs that were to take the place of the one served: served from then on, refused, or unreadable.',
      labelNames: ['outcome'],
      registers,
    }),
    untrustedDocuments: new Counter({
      name: 'gateway_untrusted_documents_total',
      help: 'Requests for documents that the manifest does not hold: allowed or refused.',
      labelNames: ['outcome'],
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
    waitingCompletions: new Gauge({
      name: 'gateway_waiting_completions',
      help: 'Events of subscriptions that wait until other events are completed.',
      registers,
    }),
    slowSubscribers: new Counter({
      name: 'gateway_slow_subscribers_total',
      help: 'Full queues behind a slow client: what it missed is taken up again (resumes), or it is closed (dropped).',
      labelNames: ['outcome'],
      registers,
    }),
    cachedAnswers: new Counter({
      name: 'gateway_response_cache_total',
      help: 'Operations whose answers may be kept: hit, miss, or bypass while the cache cannot be asked or trusted.',
      labelNames: ['outcome'],
      registers,
    }),
    events: new Counter({
      name: 'gateway_subscription_events_total',
      help: 'Events of subscriptions that were completed by the subgraphs, by operation.',
      labelNames: ['operation'],
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
