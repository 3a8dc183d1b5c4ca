import type { Upcaster } from './upcaster.ts';

/** What was stored before anything could wait says nothing of it: nothing waited. */
export const stockReserved1: Upcaster = {
  type: 'StockReserved',
  from: 1,
  up: (payload) => ({ backordered: [], ...payload }),
};
