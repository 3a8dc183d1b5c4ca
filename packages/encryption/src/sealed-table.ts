/** What is kept sealed, and where. */
export type SealedTable = {
  readonly table: string;
  /** The column that names a row. */
  readonly key: string;
  /** The column of the sealed text. */
  readonly column: string;
  /** SQL: whether a row is sealed at all. */
  readonly isSealed: string;
  /** SQL: what is to be sealed of a row that is not; null where there is nothing to seal in it. */
  readonly plain: string;
  /** Columns that are empty once a row is sealed. */
  readonly emptied: readonly string[];
};

/** Where a sealed text may be opened: nowhere but in its own row and column. */
export const placeIn = ({ table, column }: SealedTable, id: string): string => `${table}/${id}/${column}`;

/** SQL: the id of the key that a row is sealed with. */
export const keyIdIn = ({ column }: SealedTable): string => `split_part(${column}, '.', 2)`;

/** SQL: whether a row is not sealed with the key of this id, though there is something to seal. */
export const isStale = (table: SealedTable, kid: string): string =>
  `(CASE WHEN ${table.isSealed} THEN ${keyIdIn(table)} <> ${kid} ELSE ${table.plain} IS NOT NULL END)`;
