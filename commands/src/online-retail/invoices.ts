import type { Row } from './read-rows.ts';

/** One customer's invoice; the file keeps an invoice's lines together. */
export type Invoice = { readonly number: string; readonly lines: readonly Row[] };

/** Groups rows to invoices, one at a time, so that the file never has to fit in memory. */
export const groupInvoices = async function* (rows: AsyncIterable<Row>): AsyncGenerator<Invoice> {
  let lines: Row[] = [];
  for await (const row of rows) {
    const [first] = lines;
    if (first && first.invoice !== row.invoice) {
      yield { number: first.invoice, lines };
      lines = [];
    }
    lines.push(row);
  }
  const [first] = lines;
  if (first) yield { number: first.invoice, lines };
};

/** A sale: no cancellation (`C…`), no bad-debt entry (`A…`), and at least one thing sold at a price. */
export const isSale = ({ number, lines }: Invoice): boolean =>
  /^\d+$/.test(number) && lines.some(({ quantity, price }) => quantity > 0 && price.gt(0));

/** What an invoice sold; negative quantities are stock corrections. */
export const soldLines = ({ lines }: Invoice): readonly Row[] =>
  lines.filter(({ quantity }) => quantity > 0);
