export { dataKeys } from './data-keys.ts';
export { reseal } from './reseal.ts';
export { runReseal } from './run-reseal.ts';
export { createSeal, type DataKey, type Seal } from './seal.ts';
export { placeIn, type SealedTable } from './sealed-table.ts';
