import type { Counter } from 'prom-client';
import type { Metrics } from '../metrics.ts';
import { createBoundedNames, other } from './bounded-names.ts';
import type { ClientName } from './client-name.ts';
import type { OperationRecord } from './operation-record.ts';
import type { SeriesCounter, SeriesHistogram } from './series.ts';

/** The HTTP status of an answer; over WebSocket there is none. */
export type Status = number | 'websocket';

export type MetricLimits = {
  /** How many names of operations have series of their own. */
  readonly maxOperations: number;
  /** The same for clients, each version for itself. */
  readonly maxClients: number;
};

type Series = {
  readonly latency: SeriesHistogram;
  readonly answers: Map<Status, SeriesCounter>;
};

const otherClient: ClientName = { name: other, version: other };

/** Counts operations by their names and clients. A series is looked up by its labels once, and then kept. */
export const createOperationMetrics = ({ requests, latency, events }: Metrics, limits: MetricLimits) => {
  const boundedOperation = createBoundedNames(limits.maxOperations);
  const boundedClient = createBoundedNames(limits.maxClients);
  const allSeries = new Map<string, Series>();
  const eventCounters = new Map<string, Counter.Internal>();

  const operationOf = ({ operation }: OperationRecord): string =>
    operation ? boundedOperation(operation.name) : 'invalid';

  const clientOf = ({ client }: OperationRecord): ClientName => {
    const key = `${client.name}\n${client.version}`;
    return boundedClient(key) === key ? client : otherClient;
  };

  const seriesOf = (operation: string, { name, version }: ClientName): Series => {
    const key = `${operation}\n${name}\n${version}`;
    const known = allSeries.get(key);
    if (known) return known;
    const series: Series = { latency: latency.series({ operation, client: name }), answers: new Map() };
    allSeries.set(key, series);
    return series;
  };

  return {
    /** The name that an operation has in labels: its own, `anonymous`, `other`, or `invalid` when it never came to be. */
    operationOf,
    answered: (record: OperationRecord, status: Status, seconds: number): void => {
      const operation = operationOf(record);
      const client = clientOf(record);
      const series = seriesOf(operation, client);
      series.latency.observe(seconds);
      let answers = series.answers.get(status);
      if (!answers) {
        const { name, version } = client;
        answers = requests.series({ status: String(status), operation, client: name, version });
        series.answers.set(status, answers);
      }
      answers.inc();
    },
    event: (record: OperationRecord): void => {
      const operation = operationOf(record);
      let counter = eventCounters.get(operation);
      if (!counter) {
        counter = events.labels({ operation });
        eventCounters.set(operation, counter);
      }
      counter.inc();
    },
  };
};
