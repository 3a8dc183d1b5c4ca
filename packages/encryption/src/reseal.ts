import { checkKeys } from './check-keys.ts';
import type { RawDatabase } from './raw-database.ts';
import { createSeal, type DataKey, type Seal } from './seal.ts';
import { isStale, placeIn, type SealedTable } from './sealed-table.ts';

export type ResealOptions = {
  readonly prisma: RawDatabase;
  readonly tables: readonly SealedTable[];
  /** As the service has them: the first seals. */
  readonly keys: readonly DataKey[];
  /** Told once how many rows there are to seal. */
  readonly begun?: (total: number) => void;
  readonly advanced?: (by: number) => void;
};

export type Resealed = {
  readonly sealed: number;
  /** Rows that cannot be opened, as `table/key`. */
  readonly unreadable: readonly string[];
  /** Rows that changed meanwhile, or were written by a service without the new key. */
  readonly left: number;
};

const atATime = 200;
/** A row that others change goes to the next pass; what is left after the last is the next run's. */
const mostPasses = 3;

/** A row, and Postgres's own number of its version, which each change renews. */
type Row = { id: string; version: string; sealed: string | null; plain: string | null };

/**
 * Seals every row with the first key that is not sealed with it. Each row is one conditional UPDATE, so it holds nobody up, and
 * may stop and be run again at any time. Throws before anything is changed when a key is missing or wrong.
 */
export const reseal = async ({
  prisma,
  tables,
  keys,
  begun,
  advanced,
}: ResealOptions): Promise<Resealed> => {
  const seal = createSeal(keys);
  await checkKeys(prisma, seal, tables);
  begun?.(await countStale(prisma, tables, keys));
  let sealed = 0;
  let left = 0;
  let unreadable: string[] = [];
  for (let pass = 0; pass < mostPasses; pass += 1) {
    unreadable = [];
    for (const table of tables) {
      const done = await resealTable(prisma, seal, keys, table, advanced);
      sealed += done.sealed;
      unreadable.push(...done.unreadable);
    }
    left = (await countStale(prisma, tables, keys)) - unreadable.length;
    if (left <= 0) break;
  }
  return { sealed, unreadable, left: Math.max(left, 0) };
};

const countStale = async (
  prisma: RawDatabase,
  tables: readonly SealedTable[],
  [current]: readonly DataKey[],
): Promise<number> => {
  let total = 0;
  for (const table of tables) {
    const [row] = await prisma.$queryRawUnsafe<{ count: number }[]>(
      `SELECT count(*)::int AS count FROM ${table.table} WHERE ${isStale(table, '$1')}`,
      current?.kid,
    );
    total += row?.count ?? 0;
  }
  return total;
};

/** One walk along the key. */
const resealTable = async (
  prisma: RawDatabase,
  seal: Seal,
  [current]: readonly DataKey[],
  table: SealedTable,
  advanced: (by: number) => void = () => undefined,
): Promise<{ sealed: number; unreadable: string[] }> => {
  const unreadable: string[] = [];
  let sealed = 0;
  for (let after = ''; ; ) {
    const rows = await prisma.$queryRawUnsafe<Row[]>(
      `SELECT ${table.key} AS id, xmin::text AS version,
         CASE WHEN ${table.isSealed} THEN ${table.column} END AS sealed,
         CASE WHEN ${table.isSealed} THEN NULL ELSE ${table.plain} END AS plain
       FROM ${table.table} WHERE ${table.key} > $2 AND ${isStale(table, '$1')}
       ORDER BY ${table.key} LIMIT ${atATime}`,
      current?.kid,
      after,
    );
    const outcomes = await Promise.all(rows.map((row) => resealRow(prisma, seal, table, row)));
    const done = outcomes.filter((outcome) => outcome === 'sealed').length;
    sealed += done;
    advanced(done);
    unreadable.push(
      ...rows
        .filter((_, index) => outcomes[index] === 'unreadable')
        .map(({ id }) => `${table.table}/${id}`),
    );
    const last = rows.at(-1);
    if (!last || rows.length < atATime) return { sealed, unreadable };
    after = last.id;
  }
};

const resealRow = async (
  prisma: RawDatabase,
  seal: Seal,
  table: SealedTable,
  { id, version, sealed, plain }: Row,
): Promise<'sealed' | 'changed' | 'unreadable'> => {
  const place = placeIn(table, id);
  let text: string;
  try {
    text = sealed === null ? (plain ?? '') : seal.open(sealed, place);
  } catch {
    return 'unreadable';
  }
  const emptied = table.emptied.map((column) => `, ${column} = NULL`).join('');
  const changed = await prisma.$executeRawUnsafe(
    `UPDATE ${table.table} SET ${table.column} = $1${emptied} WHERE ${table.key} = $2 AND xmin::text = $3`,
    seal.seal(text, place),
    id,
    version,
  );
  return changed === 1 ? 'sealed' : 'changed';
};
