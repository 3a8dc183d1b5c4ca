export { guardCell, unguardCell } from './formula-cells.ts';
export { sendCsv } from './send-csv.ts';
export { type CsvColumn, writeCsv } from './write-csv.ts';
