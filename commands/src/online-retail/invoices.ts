import type { Row } from './read-rows.ts';

/** One customer's invoice. */
export type Invoice = { readonly number: string; readonly lines: readonly Row[] };

/** How many rows may pass before an invoice is held to be complete: two of the same minute may stand interleaved. */
const patience = 1000;

/** Groups rows to invoices, in the order in which they begin, so that the file never has to fit in memory. */
export const groupInvoices = async function* (rows: AsyncIterable<Row>): AsyncGenerator<Invoice> {
  const open = new Map<string, { lines: Row[]; lastRow: number }>();
  let row = 0;
  for await (const line of rows) {
    row += 1;
    const known = open.get(line.invoice);
    if (known) {
      known.lines.push(line);
      known.lastRow = row;
    } else {
      open.set(line.invoice, { lines: [line], lastRow: row });
    }
    for (const [number, { lines, lastRow }] of open) {
      if (row - lastRow < patience) break;
      open.delete(number);
      yield { number, lines };
    }
  }
  for (const [number, { lines }] of open) yield { number, lines };
};

/** A sale: no cancellation (`C…`), no bad-debt entry (`A…`), and at least one thing sold at a price. */
export const isSale = ({ number, lines }: Invoice): boolean =>
  /^\d+$/.test(number) && lines.some(({ quantity, price }) => quantity > 0 && price.gt(0));

/** What an invoice sold; negative quantities are stock corrections. */
export const soldLines = ({ lines }: Invoice): readonly Row[] =>
  lines.filter(({ quantity }) => quantity > 0);
