/** What the driver answers, as Prisma's raw queries give it. */
import { Decimal } from '@prisma/client/runtime/client';
import { ColumnTypeEnum, type SqlResultSet } from '@prisma/driver-adapter-utils';

type Read = (value: never) => unknown;

const each =
  (read: Read): Read =>
  (values: never[]) =>
    values.map((value) => (value === null ? null : read(value)));

const readDecimal = (value: string) => new Decimal(value);
const readDate = (value: string) => new Date(value);
const readTime = (value: string) => new Date(`1970-01-01T${value}Z`);
const readBytes = (value: Uint8Array) => new Uint8Array(value);
const readJson = (value: string) => JSON.parse(value) as unknown;

/** The driver has these as text, or bytes as its own. */
const readers: Readonly<Partial<Record<number, Read>>> = {
  [ColumnTypeEnum.Int64]: BigInt,
  [ColumnTypeEnum.Int64Array]: each(BigInt),
  [ColumnTypeEnum.Numeric]: readDecimal,
  [ColumnTypeEnum.NumericArray]: each(readDecimal),
  [ColumnTypeEnum.Date]: readDate,
  [ColumnTypeEnum.DateArray]: each(readDate),
  [ColumnTypeEnum.DateTime]: readDate,
  [ColumnTypeEnum.DateTimeArray]: each(readDate),
  [ColumnTypeEnum.Time]: readTime,
  [ColumnTypeEnum.TimeArray]: each(readTime),
  [ColumnTypeEnum.Bytes]: readBytes,
  [ColumnTypeEnum.BytesArray]: each(readBytes),
  [ColumnTypeEnum.Json]: readJson,
  [ColumnTypeEnum.JsonArray]: each(readJson),
};

/** Rows by the names of their columns, values by their types. */
export const rowsOf = ({ columnNames, columnTypes, rows }: SqlResultSet): Record<string, unknown>[] => {
  const columns = columnNames.map((name, index) => ({ name, read: readers[columnTypes[index] ?? -1] }));
  return rows.map((values) => {
    const row: Record<string, unknown> = {};
    columns.forEach(({ name, read }, index) => {
      const value = values[index];
      row[name] = read && value !== null ? read(value as never) : value;
    });
    return row;
  });
};
