/** What goes wrong with the next request of a kind. */
export type Fault =
  /** Done, and never answered. */
  | 'SILENT_AFTER'
  /** Not done, and never answered. */
  | 'SILENT_BEFORE'
  /** Not done, and said so with a 500. */
  | 'FAILS_BEFORE'
  /** Not done before another request comes, and never answered. */
  | 'LATE'
  /** Done, and another amount is told. */
  | 'LIES';

/** The kinds of requests that can go wrong. */
export type Operation =
  | 'create'
  | 'confirm'
  | 'capture'
  | 'cancel'
  | 'retrieve'
  | 'search'
  | 'refund'
  | 'transfer'
  | 'customer'
  | 'setup'
  | 'detach'
  | 'remove'
  | 'balance';

export const createFaults = () => {
  const next = new Map<Operation, Fault[]>();
  return {
    plan: (operation: Operation, ...faults: Fault[]): void => void next.set(operation, faults),
    take: (operation: Operation): Fault | null => next.get(operation)?.shift() ?? null,
    clear: (): void => next.clear(),
  };
};

/** Every amount a tenth of what it is. */
export const lying = (body: object): object =>
  JSON.parse(
    JSON.stringify(body, (name, value) =>
      name.startsWith('amount') && typeof value === 'number' ? Math.floor(value / 10) : value,
    ),
  );
