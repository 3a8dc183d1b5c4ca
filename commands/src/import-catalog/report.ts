import type { Catalogue, LeftOutReason } from './collect-catalogue.ts';
import type { Uploaded } from './upload-products.ts';
import type { StockUploaded } from './upload-stock.ts';

const count = (value: number): string => value.toLocaleString('en');

/** What an import did, and what it left out and why, as lines to print. */
export const report = (
  { entries, leftOut, rows, sales, otherInvoices }: Catalogue,
  { outcomes, refused }: Uploaded,
  stock: StockUploaded,
): string[] => {
  const units = entries.reduce((total, { sold }) => total + sold, 0);
  return [
    '',
    `read       ${count(rows)} rows: ${count(sales)} sales, ${count(otherInvoices)} other invoices (cancellations, corrections, bad debts)`,
    `products   ${count(entries.length)}: ${count(outcomes.CREATED)} created, ${count(outcomes.UPDATED)} updated, ${count(outcomes.UNCHANGED)} unchanged, ${count(outcomes.REFUSED)} refused`,
    `stock      ${count(units)} units sold in the file are the opening stock, put on the shelf once`,
    ...(stock.kept > 0
      ? [`kept       ${count(stock.kept)} variants have an opening stock from another file, which stays`]
      : []),
    `left out   ${count(leftOut.length)} stock codes, ${count(leftOut.reduce((total, one) => total + one.rows, 0))} rows:`,
    ...byReason(leftOut),
    ...[...refused, ...stock.refused].map(
      ({ sku, code, message }) => `refused    ${sku}: ${code}, ${message}`,
    ),
    '',
    'Data: D. Chen, "Online Retail", UCI Machine Learning Repository, 2015 (CC BY 4.0).',
  ];
};

const byReason = (leftOut: Catalogue['leftOut']): string[] => {
  const reasons = new Map<LeftOutReason, Catalogue['leftOut'][number][]>();
  for (const one of leftOut) reasons.set(one.reason, [...(reasons.get(one.reason) ?? []), one]);
  return [...reasons].flatMap(([reason, codes]) => [
    `  ${reason}: ${count(codes.length)} codes, ${count(codes.reduce((total, { rows }) => total + rows, 0))} rows`,
    ...wrap(codes.map(({ code }) => code)),
  ]);
};

const width = 100;

const wrap = (words: readonly string[]): string[] => {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`    ${word}`);
  }
  return lines;
};
