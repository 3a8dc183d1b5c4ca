/** Tells those who wait for a fetch when it is done. */
export type Arrivals = {
  arrived(fetch: string): void;
  all(fetches: readonly string[]): Promise<unknown>;
};

type Arrival = { readonly done: Promise<void>; readonly finish: () => void };

export const createArrivals = (): Arrivals => {
  const arrivals = new Map<string, Arrival>();
  const arrivalOf = (fetch: string): Arrival => {
    const known = arrivals.get(fetch);
    if (known) return known;
    let finish = (): void => {};
    const done = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const arrival = { done, finish };
    arrivals.set(fetch, arrival);
    return arrival;
  };
  return {
    arrived: (fetch) => arrivalOf(fetch).finish(),
    all: (fetches) => Promise.all(fetches.map((fetch) => arrivalOf(fetch).done)),
  };
};
