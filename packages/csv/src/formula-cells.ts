/**
 * A spreadsheet runs a cell that begins like a formula, whoever wrote it. Such a cell gets an apostrophe before it, and so
 * does one that begins with apostrophes and then like a formula: each file can be read back to the letter.
 */
const startsFormula = /^'*[=+\-@\t\r\n＝＋－＠]/;

export const guardCell = (text: string): string => (startsFormula.test(text) ? `'${text}` : text);

export const unguardCell = (cell: string): string =>
  cell.startsWith("'") && startsFormula.test(cell) ? cell.slice(1) : cell;
