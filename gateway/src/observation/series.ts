import type { Registry } from 'prom-client';

/** Labels of one series: their names are the same for all series of a metric. */
export type Labels = Readonly<Record<string, string>>;

type Described = { readonly name: string; readonly help: string; readonly registry: Registry };

type Value = { readonly metricName?: string; readonly labels: object; readonly value: number };

/**
 * A counter whose series are looked up once, and then only added to: prom-client's own validates and sorts the labels
 * every time that something is counted.
 */
export const createSeriesCounter = (described: Described) => {
  const all = oncePerLabels((labels): SeriesCounter => {
    const series = {
      labels,
      count: 0,
      inc: () => {
        series.count += 1;
      },
    };
    return series;
  });
  register(described, 'counter', () => all.values().map(({ labels, count }) => ({ labels, value: count })));
  return { series: all.of };
};

export type SeriesCounter = { readonly labels: Labels; readonly count: number; inc(): void };

/** A histogram of the same kind. */
export const createSeriesHistogram = (described: Described, buckets: readonly number[]) => {
  const { name } = described;
  const all = oncePerLabels((labels): SeriesHistogram => {
    const series = {
      labels,
      counts: new Array<number>(buckets.length + 1).fill(0),
      sum: 0,
      observe: (value: number) => {
        let bucket = 0;
        while (bucket < buckets.length && value > (buckets[bucket] ?? 0)) bucket += 1;
        series.counts[bucket] = (series.counts[bucket] ?? 0) + 1;
        series.sum += value;
      },
    };
    return series;
  });
  register(described, 'histogram', () =>
    all.values().flatMap(({ labels, counts, sum }): Value[] => {
      let count = 0;
      const upTo = counts.map((inBucket, index): Value => {
        count += inBucket;
        const le = buckets[index] ?? '+Inf';
        return { metricName: `${name}_bucket`, labels: { ...labels, le }, value: count };
      });
      return [
        ...upTo,
        { metricName: `${name}_sum`, labels, value: sum },
        { metricName: `${name}_count`, labels, value: count },
      ];
    }),
  );
  return { series: all.of };
};

/** `counts` are of each bucket by itself, the last of what fits in none. */
export type SeriesHistogram = {
  readonly labels: Labels;
  readonly counts: readonly number[];
  readonly sum: number;
  observe(value: number): void;
};

const oncePerLabels = <Series>(create: (labels: Labels) => Series) => {
  const all = new Map<string, Series>();
  return {
    values: (): Series[] => [...all.values()],
    of: (labels: Labels): Series => {
      const key = JSON.stringify(labels);
      const series = all.get(key) ?? create(labels);
      all.set(key, series);
      return series;
    },
  };
};

/** The registry asks a metric for no more than this. */
const register = (
  { name, help, registry }: Described,
  type: 'counter' | 'histogram',
  values: () => readonly Value[],
): void => {
  const metric = { name, type, get: async () => ({ name, help, type, values: values() }) };
  registry.registerMetric(metric as never as Parameters<Registry['registerMetric']>[0]);
};
