const ladder = [250, 1000, 3000, 8000];
const slowest = 15_000;

/** Milliseconds to wait after so many attempts (from 1) before the provider is asked again. */
export const retryDelay = (attempts: number): number => ladder[attempts - 1] ?? slowest;
