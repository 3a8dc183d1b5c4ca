import type { RawDatabase } from './raw-database.ts';
import type { Seal } from './seal.ts';
import { keyIdIn, placeIn, type SealedTable } from './sealed-table.ts';

/** Of each key: one row that is spoilt says nothing of the others. */
const triedOfEach = 5;

/** Throws unless there is a key for every id in use, and it opens something: a key may have the right name and be another. */
export const checkKeys = async (
  prisma: RawDatabase,
  seal: Seal,
  sealedTables: readonly SealedTable[],
): Promise<void> => {
  const problems: string[] = [];
  for (const table of sealedTables) {
    for (const { kid, count } of await keysIn(prisma, table)) {
      const problem = await problemOf(prisma, seal, table, kid);
      if (problem) problems.push(`  ${table.table}: ${count} rows: ${problem}`);
    }
  }
  if (problems.length > 0)
    throw new Error(`Nothing was changed. DATA_KEYS do not open what is sealed:\n${problems.join('\n')}`);
};

const keysIn = (prisma: RawDatabase, table: SealedTable) =>
  prisma.$queryRawUnsafe<{ kid: string; count: number }[]>(
    `SELECT ${keyIdIn(table)} AS kid, count(*)::int AS count FROM ${table.table} WHERE ${table.isSealed} GROUP BY 1 ORDER BY 1`,
  );

const problemOf = async (
  prisma: RawDatabase,
  seal: Seal,
  table: SealedTable,
  kid: string,
): Promise<string | null> => {
  const rows = await prisma.$queryRawUnsafe<{ id: string; sealed: string }[]>(
    `SELECT ${table.key} AS id, ${table.column} AS sealed FROM ${table.table}
     WHERE ${table.isSealed} AND ${keyIdIn(table)} = $1 LIMIT ${triedOfEach}`,
    kid,
  );
  let problem: string | null = null;
  for (const { id, sealed } of rows) {
    try {
      seal.open(sealed, placeIn(table, id));
      return null;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      problem = reason.includes(kid) ? reason : `the key ${kid} does not open them (${reason})`;
    }
  }
  return problem;
};
