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

/** Each fault happens once, in the order in which they were planned. */
export const createFaults = <Operation extends string>() => {
  const next = new Map<Operation, (Fault | null)[]>();
  return {
    /** Null lets one go well. */
    plan: (operation: Operation, ...faults: (Fault | null)[]): void => void next.set(operation, faults),
    take: (operation: Operation): Fault | null => next.get(operation)?.shift() ?? null,
    clear: (): void => next.clear(),
  };
};

/** Every amount a tenth of what it is, a whole number (`amount…`) or a decimal (`value`). */
export const lying = (body: object): object => JSON.parse(JSON.stringify(body, lieOf));

const lieOf = (name: string, value: unknown): unknown => {
  if (name.startsWith('amount') && typeof value === 'number') return Math.floor(value / 10);
  if (name !== 'value' || typeof value !== 'string') return value;
  return (Number(value) / 10).toFixed(value.split('.')[1]?.length ?? 0);
};
