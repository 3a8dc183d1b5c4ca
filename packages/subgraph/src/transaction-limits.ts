/** Work on one hot row waits for its turn, and many lines take a while: longer than Prisma's defaults. */
export const transactionLimits = { maxWait: 10_000, timeout: 20_000 };
