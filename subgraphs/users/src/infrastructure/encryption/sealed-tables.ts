/** What is kept sealed, and where. Whoever seals something more adds it here, and `npm run reseal` finds it. */
export type SealedTable = {
  readonly table: string;
  /** The column that names a row. */
  readonly key: string;
  /** The column of the sealed text. */
  readonly column: string;
  /** SQL: whether a row is sealed at all. */
  readonly isSealed: string;
  /** SQL: what is to be sealed of a row that is not. */
  readonly plain: string;
  /** Columns that are empty once a row is sealed. */
  readonly emptied: readonly string[];
};

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

/** Where a sealed text may be opened: nowhere but in its own row and column. */
export const placeIn = ({ table, column }: SealedTable, id: string): string => `${table}/${id}/${column}`;

/** SQL: the id of the key that a row is sealed with. */
export const keyIdIn = ({ column }: SealedTable): string => `split_part(${column}, '.', 2)`;

/** SQL: whether a row is not sealed with the key of this id. */
export const isStale = (table: SealedTable, kid: string): string =>
  `(NOT (${table.isSealed}) OR ${keyIdIn(table)} <> ${kid})`;
