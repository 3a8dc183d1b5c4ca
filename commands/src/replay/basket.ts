import { type Invoice, soldLines } from '../online-retail/invoices.ts';
import type { Row } from '../online-retail/read-rows.ts';
import { CommandError } from '../terminal/command-error.ts';

/** What one customer ordered on one invoice: lines of one code summed. */
export type Basket = {
  readonly invoice: string;
  /** The customer's number in the file; null for a guest. */
  readonly customer: string | null;
  readonly country: string;
  readonly quantities: ReadonlyMap<string, number>;
  readonly sold: readonly Row[];
  /** Lines of what the catalogue does not have. */
  readonly leftOut: readonly Row[];
};

/** An invoice as a basket of what the catalogue has. */
export const toBasket = (invoice: Invoice, catalogue: { has(sku: string): boolean }): Basket => {
  const lines = soldLines(invoice);
  const [first] = lines;
  if (!first) throw new CommandError('EMPTY_INVOICE', `Invoice ${invoice.number} sold nothing.`);
  const sold = lines.filter(({ code }) => catalogue.has(code));
  const quantities = new Map<string, number>();
  for (const { code, quantity } of sold) quantities.set(code, (quantities.get(code) ?? 0) + quantity);
  return {
    invoice: invoice.number,
    customer: first.customer === '' ? null : first.customer,
    country: first.country,
    quantities,
    sold,
    leftOut: lines.filter(({ code }) => !catalogue.has(code)),
  };
};
