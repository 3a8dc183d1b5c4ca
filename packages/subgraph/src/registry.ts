import { collectDefaultMetrics, Registry } from 'prom-client';

/** Where the parts of a service count, and what `/metrics` shows; the process itself is counted already. */
export const createRegistry = (service: string): Registry => {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  // The lag of the event loop is sampled so rarely because each sample wakes the process.
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 100 });
  return registry;
};
