import type { Seams } from '../planted/seams.ts';
import type { Tx } from './memory-database.ts';
import type { Table } from './table.ts';

/** A copy of what another subgraph owns: only a higher version is taken. */
export const keepNewer = async <Row extends { readonly version: number }>(
  tx: Tx,
  copy: Table<Row>,
  key: string,
  row: Row,
  { comparesVersions }: Pick<Seams, 'comparesVersions'>,
): Promise<boolean> => {
  await tx.lock(`${copy.name} ${key}`);
  const ours = tx.read(copy, key);
  if (comparesVersions && ours && ours.version >= row.version) return false;
  await tx.put(copy, key, row);
  return true;
};
