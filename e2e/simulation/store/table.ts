/** Rows by key, as they were last committed. Rows are values: whoever changes one writes another. */
export type Table<Row> = { readonly name: string; readonly committed: Map<string, Row> };

export const table = <Row>(name: string): Table<Row> => ({ name, committed: new Map() });

/** What a transaction has written and nobody else sees yet; undefined is a row that it removed. */
export type Overlay = Map<Table<unknown>, Map<string, unknown>>;

export const readThrough = <Row>(overlay: Overlay, from: Table<Row>, key: string): Row | undefined => {
  const own = overlay.get(from as Table<unknown>);
  return own?.has(key) ? (own.get(key) as Row | undefined) : from.committed.get(key);
};

export const rowsThrough = <Row>(overlay: Overlay, from: Table<Row>): readonly Row[] => {
  const own = overlay.get(from as Table<unknown>);
  if (!own || own.size === 0) return [...from.committed.values()];
  const rows = new Map<string, unknown>([...from.committed, ...own]);
  return [...rows.values()].filter((row) => row !== undefined) as Row[];
};

export const writeTo = <Row>(overlay: Overlay, to: Table<Row>, key: string, row: Row | undefined): void => {
  const own = overlay.get(to as Table<unknown>) ?? new Map<string, unknown>();
  overlay.set(to as Table<unknown>, own.set(key, row));
};

export const applyTo = (overlay: Overlay): void => {
  for (const [to, rows] of overlay) {
    for (const [key, row] of rows) {
      if (row === undefined) to.committed.delete(key);
      else to.committed.set(key, row);
    }
  }
};
