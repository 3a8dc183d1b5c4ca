/** How many stories are told: a few in every run of the tests, many by `npm run ledger:model`. */
const given = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise);

export const modelStories = given('LEDGER_MODEL_STORIES', 300);
export const postgresStories = given('LEDGER_MODEL_POSTGRES_STORIES', 12);

/** What is kept of each sale, in basis points: most amounts have to be rounded. */
export const modelCommission = 1234;

/** How old rates may be: each change of one is of a later day, and all stories share one table. */
export const modelRateDays = 100_000;

/** The currencies of all stories: orders are in pounds, and sellers may want the others. */
export const modelDecimals: Readonly<Record<string, number>> = { GBP: 2, JPY: 0, KWD: 3 };
