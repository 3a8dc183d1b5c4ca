/** What users keeps sealed. Whoever seals something more adds it here, and `npm run reseal` finds it. */
import type { SealedTable } from '@emporium/encryption';

export const sealedSecrets: SealedTable = {
  table: 'second_factors',
  key: 'user_id',
  column: 'secret',
  // A secret is base32, which has neither small letters nor dots.
  isSealed: "secret LIKE 's1.%'",
  plain: 'secret',
  emptied: [],
};

export const sealedAddresses: SealedTable = {
  table: 'addresses',
  key: 'id',
  column: 'sealed',
  isSealed: 'sealed IS NOT NULL',
  plain: `jsonb_build_object('name', name, 'line1', line1, 'line2', line2, 'city', city, 'region', region,
    'postalCode', postal_code, 'country', country, 'phone', phone)::text`,
  emptied: ['name', 'line1', 'line2', 'city', 'region', 'postal_code', 'country', 'phone'],
};

export const sealedMails: SealedTable = {
  table: 'mails',
  key: 'id',
  column: 'sealed',
  isSealed: 'sealed IS NOT NULL',
  plain: 'data::text',
  emptied: ['data'],
};

export const sealedTables: readonly SealedTable[] = [sealedSecrets, sealedAddresses, sealedMails];
