/** A cell is shown as text; what there is not, as a dash. */
export type Cell = string | number | boolean | null | undefined;

export type Columns<Row> = Readonly<Record<string, (row: Row) => Cell>>;

const longest = 80;

const textOf = (cell: Cell): string => {
  if (cell === null || cell === undefined || cell === '') return '-';
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
  if (typeof cell === 'number') return cell.toLocaleString('en', { maximumFractionDigits: 1 });
  // A terminal would take control characters for orders.
  const text = cell.replaceAll(/\p{Cc}+/gu, ' ');
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
};

/** Rows below the names of their columns, each column as wide as its widest cell; without rows, `none`. */
export const table = <Row>(rows: readonly Row[], columns: Columns<Row>, none: string): string => {
  if (rows.length === 0) return `${none}\n`;
  const names = Object.keys(columns);
  const cells = rows.map((row) => Object.values(columns).map((cell) => textOf(cell(row))));
  const widths = names.map((name, index) =>
    Math.max(name.length, ...cells.map((line) => line[index]?.length ?? 0)),
  );
  const lineOf = (line: readonly string[]) =>
    line
      .map((text, index) => text.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd();
  return `${[names, ...cells].map(lineOf).join('\n')}\n`;
};

const units = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
  ['s', 1],
] as const;

/** 93 as `1 min`. */
export const ageOf = (seconds: number | null): string | null => {
  if (seconds === null) return null;
  const [unit, size] = units.find(([, size]) => seconds >= size) ?? ['s', 1];
  return `${Math.floor(seconds / size)} ${unit}`;
};
