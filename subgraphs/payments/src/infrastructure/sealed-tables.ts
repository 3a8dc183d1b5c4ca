/** What payments keeps sealed: tokens of the card provider. `npm run reseal:payments` finds what is named here. */
import type { SealedTable } from '@emporium/encryption';

export const sealedMethods: SealedTable = {
  table: 'payment_methods',
  key: 'id',
  column: 'sealed_token',
  isSealed: 'sealed_token IS NOT NULL',
  plain: 'NULL',
  emptied: [],
};

export const sealedCalls: SealedTable = {
  table: 'provider_calls',
  key: 'id',
  column: 'sealed_token',
  isSealed: 'sealed_token IS NOT NULL',
  plain: 'token',
  emptied: ['token'],
};

export const sealedTables: readonly SealedTable[] = [sealedMethods, sealedCalls];
