export { dataKeys } from './data-keys.ts';
export { createOpen, createSealFor, type Open, type SealFor } from './recipient.ts';
export {
  type RecipientPrivateKey,
  type RecipientPublicKey,
  recipientPrivateKeys,
  recipientPublicKey,
} from './recipient-keys.ts';
export { reseal } from './reseal.ts';
export { runReseal } from './run-reseal.ts';
export { createSeal, type DataKey, type Seal } from './seal.ts';
export { placeIn, type SealedTable } from './sealed-table.ts';
