import type { Upcaster } from './upcaster.ts';

/** What was still to be sent was not kept with it: its lines and amounts stay as they were told then. */
export const cancelled1: Upcaster = {
  type: 'Cancelled',
  from: 1,
  up: (payload) => ({ parts: [], ...payload }),
};
