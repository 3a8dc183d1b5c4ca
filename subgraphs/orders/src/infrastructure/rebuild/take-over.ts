import type { Tx } from '../database.ts';
import { type Twin, twins } from './rebuilt-tables.ts';

const columnsOf = async (tx: Tx, table: string): Promise<readonly string[]> => {
  const rows = await tx.$queryRaw<{ name: string }[]>`
    SELECT attname AS name FROM pg_attribute
    WHERE attrelid = ${table}::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
    ORDER BY attnum`;
  return rows.map(({ name }) => `"${name}"`);
};

const suspect = 'SELECT order_id FROM rebuilt_suspects';

const dropGhosts = async (tx: Tx, { live, rebuilt, key, order }: Twin): Promise<void> => {
  const same = key.map((column) => `made.${column} = shown.${column}`).join(' AND ');
  await tx.$executeRawUnsafe(`
    DELETE FROM ${live} AS shown
    WHERE shown.${order} IN (${suspect}) AND NOT EXISTS (SELECT 1 FROM ${rebuilt} AS made WHERE ${same})`);
};

const write = async (tx: Tx, { live, rebuilt, key, order }: Twin): Promise<void> => {
  const columns = await columnsOf(tx, live);
  const names = columns.join(', ');
  await tx.$executeRawUnsafe(`
    INSERT INTO ${live} (${names}) SELECT ${names} FROM ${rebuilt} WHERE ${order} IN (${suspect})
    ON CONFLICT (${key.join(', ')}) DO UPDATE SET ${columns.map((name) => `${name} = EXCLUDED.${name}`).join(', ')}`);
};

/**
 * Makes the suspects' rows what the events make of them. Rows that should be there are overwritten and not replaced, so that
 * whatever may refer to them stays.
 */
export const takeOver = async (tx: Tx): Promise<void> => {
  for (const twin of [...twins].reverse()) await dropGhosts(tx, twin);
  for (const twin of twins) await write(tx, twin);
};
