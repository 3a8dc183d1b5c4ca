import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Row, readRows } from './read-rows.ts';

const header = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n';
const good = '536365,85123a,"WHITE  HANGING, HEART",6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom\n';
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'emporium-csv-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const all = async (file: string): Promise<Row[]> => {
  const rows: Row[] = [];
  for await (const row of readRows(file)) rows.push(row);
  return rows;
};

const read = async (name: string, content: string | Buffer) => {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return all(file);
};

describe('an invoice file', () => {
  it('reads plain text', async () => {
    const [row] = await read('plain.csv', header + good);
    expect(row).toMatchObject({
      code: '85123A',
      description: 'WHITE HANGING, HEART',
      quantity: 6,
      customer: '17850',
    });
    expect(row?.price.toFixed()).toBe('2.55');
  });
  it('reads gzip', async () => expect(await read('whole.csv.gz', gzipSync(header + good))).toHaveLength(1));
  it('says which columns are missing', async () => {
    await expect(read('columns.csv', 'InvoiceNo,StockCode\n1,2\n')).rejects.toMatchObject({
      code: 'MISSING_COLUMNS',
    });
  });
  it.each([
    ['', 'MISSING_COLUMNS'],
    [header, 'NO_ROWS'],
  ])('refuses a file of nothing but "%s"', async (content, code) => {
    await expect(read('empty.csv', content)).rejects.toMatchObject({ code });
  });
  it.each([
    ['InvoiceDate', '2010-12-01 08:26:00', 'yesterday'],
    ['StockCode', '85123a', ' '],
    ['Description', '"WHITE  HANGING, HEART"', 'x'.repeat(201)],
    ['Description', '"WHITE  HANGING, HEART"', 'a\u0000b'],
  ])('refuses a bad %s by its line', async (column, was, is) => {
    await expect(read('bad.csv', header + good.replace(was, is))).rejects.toMatchObject({
      code: 'BAD_ROW',
      message: expect.stringMatching(`^Line 2: ${column} `),
    });
  });
  it.each(['1.5', 'six', '', '1000001', '3000000000'])(
    'refuses the quantity "%s" by its line',
    async (quantity) => {
      const bad = good.replace(',6,', `,${quantity},`);
      await expect(read('quantity.csv', header + good + bad)).rejects.toMatchObject({
        code: 'BAD_ROW',
        message: expect.stringContaining('Line 3'),
      });
    },
  );
  it.each(['£2', '1e3', 'NaN'])('refuses the price "%s"', async (price) => {
    await expect(read('price.csv', header + good.replace('2.55', price))).rejects.toMatchObject({
      code: 'BAD_ROW',
    });
  });
  it('notices that a gzip ends in the middle', async () => {
    const whole = gzipSync(header + good.repeat(5000));
    await expect(read('cut.csv.gz', whole.subarray(0, whole.length / 2))).rejects.toMatchObject({
      code: 'TRUNCATED_FILE',
    });
  });
  it('notices what is no gzip', async () => {
    await expect(read('not.csv.gz', header + good)).rejects.toMatchObject({ code: 'NOT_GZIP' });
  });
  it('notices a row that lacks fields', async () => {
    await expect(read('short.csv', `${header}${good}536366,85123A\n`)).rejects.toMatchObject({
      code: 'NOT_CSV',
    });
  });
  it('says so when there is no file', async () => {
    await expect(all(path.join(folder, 'none.csv'))).rejects.toMatchObject({
      code: 'FILE_NOT_FOUND',
    });
  });
});
