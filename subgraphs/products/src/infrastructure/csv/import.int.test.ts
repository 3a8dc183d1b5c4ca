import { request } from 'node:http';
import { eventually, testDatabase } from '@emporium/testing';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Files, serveFiles } from '../../test-files.ts';
import { admin, buyer, gbp, openShop, rival, type Shop, seller } from '../../test-shop.ts';

let shop: Shop;
let files: Files;
const open: { close(): Promise<void> }[] = [];
const openAll = async () => {
  shop = await openShop((await testDatabase('products')).url);
  files = await serveFiles(shop);
  open.push(files, shop);
  await shop.app.createCategory({ name: 'Mugs', parentSlug: null });
};
afterAll(async () => {
  for (const each of open) await each.close();
});

const header = 'product,title,description,category,status,sku,variant,price,currency';
const csv = (...rows: string[]) => [header, ...rows].join('\r\n');
const many = (count: number, from = 1) =>
  Array.from({ length: count }, (_, index) => `,Thing ${from + index},,,,T-${from + index},,1.00,GBP`);

/** Sends so much of a file and goes away. */
const cutOff = (url: string, text: string, length: number): Promise<void> =>
  new Promise((resolve) => {
    const sending = request(url, { method: 'PUT', headers: { 'content-length': length } });
    sending.on('error', () => resolve());
    sending.on('close', () => resolve());
    sending.write(text, () => setImmediate(() => sending.destroy()));
  });

describe('a file of products', () => {
  beforeEach(openAll);

  it('is offered, row by row, and sent again it changes nothing', async () => {
    const file = csv(
      'mug,Mug,"Thrown, by hand.",mugs,,M-1,Blue,12.50,GBP',
      'mug,,,,,M-2,Red,13.00,GBP',
      ',Jug,,,DRAFT,J-1,,9,EUR',
    );
    const { id, url } = await files.start(seller);
    expect(await files.follow(seller, id)).toMatchObject({ status: 'AWAITING_FILE', rowsDone: 0 });
    expect(await files.send(url, file)).toEqual({ status: 200, body: { status: 'DONE' } });
    expect(await files.follow(seller, id)).toEqual({
      status: 'DONE',
      rowsDone: 3,
      created: 3,
      updated: 0,
      unchanged: 0,
      refused: 0,
      percent: 100,
      problem: null,
      rows: ['M-1', 'M-2', 'J-1'].map((sku, index) => ({
        row: index + 2,
        sku,
        outcome: 'CREATED',
        code: null,
        field: null,
      })),
    });
    expect(
      await shop.prisma.product.findMany({ select: { title: true, status: true }, orderBy: { id: 'asc' } }),
    ).toEqual([
      { title: 'Mug', status: 'ACTIVE' },
      { title: 'Jug', status: 'DRAFT' },
    ]);

    expect(await files.send(url, file)).toMatchObject({ status: 200 });
    const told = (await shop.told()).length;
    const again = await files.start(seller);
    await files.send(again.url, file);
    expect(await files.follow(seller, again.id)).toMatchObject({ unchanged: 3, created: 0, updated: 0 });
    expect(await shop.told()).toHaveLength(told);
  });

  it('is refused where it is wrong, naming row and column, and the rest is offered', async () => {
    await shop.offer(rival, [{ title: 'Theirs', variants: [{ sku: 'THEIRS', price: gbp('1') }] }]);
    const { id, url } = await files.start(seller);
    const file = Buffer.concat([
      Buffer.from(
        csv(
          ',Good,,,,G-1,,1.00,GBP',
          ',,,,,NO-TITLE,,1.00,GBP',
          ',Negative,,,,NEG,,-1.00,GBP',
          ',Absurd,,,,ABS,,10000000000.01,GBP',
          ',Words,,,,WRD,,a lot,GBP',
          ',Unknown,,,,UNK,,1.00,X\0Z',
          ',Pennies,,,,PEN,,1.005,GBP',
          ',Again,,,,G-1,,2.00,GBP',
          ',Short,,,,SHO,,1.00',
          `,${'x'.repeat(1_000_000)},,,,LONG,,1.00,GBP`,
          ',Taken,,,,THEIRS,,1.00,GBP',
          ',Nowhere,,no-such,,NOW,,1.00,GBP',
          ',Archived,,,ARCHIVED,ARC,,1.00,GBP',
          'set,Set,,,,S-1,,1.00,GBP',
          'set,Other,,,,S-2,,1.00,GBP',
          '',
          ',Bad sku,,,,=1+1,,1.00,GBP',
          ',Between,,,,B-1,,1.00,GBP',
          'set,Set,,,,S-3,,1.00,GBP',
          ',Na',
        ),
      ),
      Buffer.from([0xef]),
      Buffer.from('ve,,,,LATIN,,1.00,GBP\r\n,Last,,,,L-1,,1.00,GBP'),
    ]);
    expect(await files.send(url, file)).toMatchObject({ status: 200 });
    const { rows, ...shown } = await files.follow(seller, id, 'REFUSED');
    expect(rows.map(({ row, code, field }: Record<string, unknown>) => [row, code, field])).toEqual([
      [3, 'BAD_VALUE', 'title'],
      [4, 'BAD_VALUE', 'price'],
      [5, 'BAD_VALUE', 'price'],
      [6, 'BAD_VALUE', 'price'],
      [7, 'BAD_VALUE', 'currency'],
      [8, 'BAD_VALUE', 'price'],
      [9, 'DUPLICATE_SKU', 'sku'],
      [10, 'WRONG_CELL_COUNT', 'currency'],
      [11, 'BAD_VALUE', 'title'],
      [12, 'SKU_TAKEN', 'sku'],
      [13, 'CATEGORY_UNKNOWN', 'category'],
      [14, 'NEW_IS_ARCHIVED', 'status'],
      [16, 'ROWS_DISAGREE', 'title'],
      [18, 'BAD_VALUE', 'sku'],
      [20, 'SCATTERED_PRODUCT', 'product'],
      [21, 'NOT_UTF8', 'title'],
    ]);
    expect(shown).toMatchObject({ status: 'DONE', created: 4, refused: 16, rowsDone: 20 });
    expect(await shop.prisma.product.count({ where: { sellerId: 'seller-1' } })).toBe(4);
  });

  it('that a spreadsheet would run is written so that it does not, and read back to the letter', async () => {
    const titles = ['=1+1', '+SUM(A1)', '-2', '@cmd', "'=1", "'plain", '＝1', 'a=b', 'Say "hi", twice'];
    await shop.offer(
      seller,
      titles.map((title, index) => ({
        title,
        description: index % 2 === 0 ? `\n=HYPERLINK("x")\r\n${title}` : '',
        variants: [
          { sku: `F-${index}`, title: title, price: gbp('1') },
          { sku: `F-${index}-2`, price: gbp('15') },
        ],
      })),
    );
    const exported = await files.fetchExport(seller);
    expect(exported.headers.get('content-type')).toContain('text/csv');
    const text = await exported.text();
    const cells: string[][] = parse(text);
    expect(cells.flat().filter((cell) => /^[=+\-@\t\r\n＝]/.test(cell))).toEqual([]);
    const { id, url } = await files.start(seller);
    expect(await files.send(url, text)).toMatchObject({ status: 200 });
    expect(await files.follow(seller, id)).toMatchObject({ status: 'DONE', unchanged: 18, rowsDone: 18 });
    expect(await shop.told()).toHaveLength(1);
  });

  it('shows what is retired, and leaves it so', async () => {
    await shop.offer(seller, [
      { title: 'Mug', variants: ['S', 'M'].map((sku) => ({ sku, price: gbp('1') })) },
    ]);
    await shop.prisma.variant.update({ where: { sku: 'S' }, data: { active: false } });
    const text = await (await files.fetchExport(seller)).text();
    const [names, ...rows] = parse(text) as string[][];
    const cell = (name: string) => rows.map((row) => row[names?.indexOf(name) ?? 0]);
    expect([cell('sku'), cell('retired')]).toEqual([
      ['S', 'M'],
      ['true', 'false'],
    ]);
    const again = async (from: string, to: string) => {
      const { id, url } = await files.start(seller);
      await files.send(url, text.replace(from, to));
      return files.follow(seller, id);
    };
    expect(await again('true', 'false')).toMatchObject({ unchanged: 2, refused: 0 });
    expect(await again('true', 'soon')).toMatchObject({ refused: 1 });
    expect(await shop.prisma.variant.count({ where: { active: false } })).toBe(1);
  });

  it('says tags, specifications and options, and is read back', async () => {
    const blue = (size: string) => [
      { name: 'Colour', value: 'Blue' },
      { name: 'Size', value: size },
    ];
    await shop.offer(seller, [
      {
        title: 'Shirt',
        tags: ['Summer', 'a|b\\c'],
        specifications: [{ name: 'Care', value: '30 °C = warm' }],
        options: ['Colour', 'Size'],
        variants: ['S', 'M'].map((size) => ({ sku: size, price: gbp('1'), options: blue(size) })),
      },
    ]);
    const text = await (await files.fetchExport(seller)).text();
    expect(text).toContain('Colour=Blue|Size=S');
    const { id, url } = await files.start(seller);
    await files.send(url, text);
    expect(await files.follow(seller, id)).toMatchObject({ status: 'DONE', unchanged: 2 });

    const again = await files.start(seller);
    const edited = text.replace('summer|', 'sale|').replace('Size=M', 'Size=L');
    await files.send(again.url, edited.replace('summer|', 'sale|'));
    expect(await files.follow(seller, again.id)).toMatchObject({ updated: 2 });
    const shirt = await shop.prisma.product.findFirst({
      include: { variants: { orderBy: { sku: 'asc' } } },
    });
    expect(shirt).toMatchObject({
      tags: ['sale', 'a|b\\c'],
      specifications: [{ name: 'Care', value: '30 °C = warm' }],
      options: ['Colour', 'Size'],
      variants: [{ options: ['Blue', 'L'] }, { options: ['Blue', 'S'] }],
    });

    const wrong = await files.start(seller);
    await files.send(wrong.url, edited.replaceAll('summer|', 'sale|').replace('Size=L', 'Size=S'));
    expect((await files.follow(seller, wrong.id)).rows).toMatchObject([
      { code: 'OPTIONS_MISMATCH', field: 'options' },
      { code: 'OPTIONS_MISMATCH', field: 'options' },
    ]);
  });

  it('is a seller’s own, whatever its status', async () => {
    const [mug] = await shop.offer(seller, [
      { title: 'Mug', categorySlug: 'mugs', variants: [{ sku: 'A', price: gbp('1') }] },
      { title: 'Draft', status: 'DRAFT', variants: [{ sku: 'B', price: gbp('1') }] },
    ]);
    await shop.offer(rival, [{ title: 'Theirs', variants: [{ sku: 'C', price: gbp('1') }] }]);
    await shop.app.setProductStatus(mug ?? '', 'ARCHIVED', { id: 'seller-1', roles: ['SELLER'] });
    const text = await (await files.fetchExport(seller)).text();
    const columns = header.replace('sku', 'tags,specifications,sku');
    expect(text).toBe(
      `${columns},options,retired\r\nmug,Mug,,mugs,ARCHIVED,,,A,,1.00,GBP,,false\r\ndraft,Draft,,,DRAFT,,,B,,1.00,GBP,,false\r\n`,
    );
    const { id, url } = await files.start(seller);
    await files.send(url, text.replace('ARCHIVED', 'ACTIVE').replace('DRAFT', 'ARCHIVED'));
    expect(await files.follow(seller, id)).toMatchObject({ updated: 2 });
    const { id: third, url: back } = await files.start(seller);
    await files.send(back, text);
    // What is off sale may be a draft again; what is on sale may not.
    expect(await files.follow(seller, third)).toMatchObject({ updated: 2 });
    await shop.app.setProductStatus(mug ?? '', 'ACTIVE', { id: 'seller-1', roles: ['SELLER'] });
    const { id: fourth, url: further } = await files.start(seller);
    await files.send(further, text.replace('ARCHIVED', 'DRAFT'));
    expect((await files.follow(seller, fourth)).rows).toMatchObject([
      { outcome: 'REFUSED', code: 'ALREADY_PUBLISHED', field: 'status' },
      { outcome: 'UNCHANGED' },
    ]);
  });
});

describe('an import that is interrupted', () => {
  beforeEach(openAll);

  it('goes on where it stopped when the file is sent again', async () => {
    const rows = many(1_500);
    const file = csv(...rows);
    const { id, url } = await files.start(seller);
    await cutOff(url, file.slice(0, 30_000), file.length);
    const stopped = await eventually(async () => {
      const shown = await files.follow(seller, id);
      return shown.status === 'STOPPED' && shown;
    });
    expect(stopped.problem).toMatchObject({ code: 'INTERRUPTED' });
    expect(stopped.rowsDone).toBeGreaterThan(0);
    expect(stopped.rowsDone).toBeLessThan(1_500);
    const products = await shop.prisma.product.count();
    expect(products).toBe(stopped.rowsDone);

    expect(await files.send(url, csv(...many(1_500, 7)))).toMatchObject({
      status: 409,
      body: { errors: [{ extensions: { code: 'DIFFERENT_FILE' } }] },
    });
    expect(await files.send(url, csv('x,y'))).toMatchObject({ status: 409 });
    expect(await files.send(url, file)).toMatchObject({ status: 200 });
    // Once it is done, too: that file is done, and no other.
    expect(await files.send(url, file)).toMatchObject({ status: 200, body: { status: 'DONE' } });
    const longer = csv(...many(1_501));
    for (const other of [csv(...many(1_500, 7)), csv('x,y'), file.slice(0, 30_000), longer])
      expect((await files.send(url, other)).status).not.toBe(200);
    expect(await files.follow(seller, id)).toMatchObject({
      status: 'DONE',
      created: 1_500,
      unchanged: 0,
      problem: null,
    });
  });

  it('by a cut within quotes has done the rows before, and is told where', async () => {
    const whole = csv(...many(3), 'mug,Mug,,,,M-1,,1.00,GBP', 'mug,,,,,M-2,"The ""big"" one",1.00,GBP');
    const { id, url } = await files.start(seller);
    const problem = { code: 'ENDS_IN_QUOTES', row: 6, field: 'variant' };
    expect(await files.send(url, whole.slice(0, whole.indexOf('big')))).toMatchObject({
      status: 422,
      body: { errors: [{ extensions: problem }] },
    });
    expect(await files.follow(seller, id)).toMatchObject({ status: 'STOPPED', created: 3, problem });
    // The product whose rows had not all come is not among them: it comes whole.
    expect(await files.send(url, whole.replace('"The ""big"" one"', 'Big'))).toMatchObject({ status: 200 });
    expect(await files.follow(seller, id)).toMatchObject({ status: 'DONE', created: 5, rowsDone: 5 });
  });

  it('by a suspension stops before the seller offers anything', async () => {
    const { id, url } = await files.start(seller);
    await shop.hear('seller-1', 'Ada', false, 1);
    const problem = { code: 'SELLER_SUSPENDED', row: 2 };
    expect(await files.send(url, csv(...many(2)))).toMatchObject({ status: 422 });
    expect(await files.follow(seller, id)).toMatchObject({ status: 'STOPPED', rowsDone: 0, problem });
    await expect(files.start(seller)).rejects.toThrow('SELLER_SUSPENDED');
    await shop.hear('seller-1', 'Ada', true, 2);
    expect(await files.send(url, csv(...many(2)))).toMatchObject({ status: 200 });
  });

  it('is gone on with by one sender at a time, and by another when that one is silent', async () => {
    const { id, url } = await files.start(seller);
    const token = url.slice(url.lastIndexOf('/') + 1);
    const claim = await shop.app.claimImport(token, null);
    expect(await files.send(url, csv(...many(2)))).toMatchObject({ status: 409 });
    await shop.prisma.productImport.update({
      where: { id },
      data: { leaseUntil: new Date('2026-01-01T00:00:00Z') },
    });
    expect(await files.follow(seller, id)).toMatchObject({ status: 'STOPPED' });
    expect(await files.send(url, csv(...many(2)))).toMatchObject({ status: 200 });
    if (typeof claim === 'string' || 'isFinished' in claim) throw new Error('no claim');
    expect(await shop.app.importBatch(claim, [], { lastRow: 9, chain: '', bytes: 9 })).toBe('TAKEN_OVER');
    await shop.app.endImport(claim, null);
    expect(await files.follow(seller, id)).toMatchObject({ status: 'DONE', created: 2 });
  });
});

describe('what is no file of products', () => {
  beforeAll(openAll);

  it.each([
    ['', { code: 'MISSING_COLUMN', row: 1, field: 'title' }],
    ['title,sku,price', { code: 'MISSING_COLUMN', row: 1, field: 'currency' }],
    ['title,sku,price,currency,colour', { code: 'UNKNOWN_COLUMN', row: 1, field: 'colour' }],
    ['title,sku,price,currency,Title', { code: 'DUPLICATE_COLUMN', row: 1, field: 'title' }],
    [`${header}\n,A "quote",,,,Q,,1.00,GBP`, { code: 'BAD_QUOTES', row: 2, field: 'title' }],
    [`${header}\n,"A" quote,,,,Q,,1.00,GBP`, { code: 'BAD_QUOTES', row: 2, field: 'title' }],
    [`${header}\n,"${'x'.repeat(5 * 1024 * 1024)}`, { code: 'ROW_TOO_LARGE', row: 2 }],
    ['PK\u0003\u0004\u0000\ud83d\ude00', { code: 'UNKNOWN_COLUMN', row: 1 }],
  ])('changes nothing and is told why: case %#', async (text, problem) => {
    const { id, url } = await files.start(seller);
    expect(await files.send(url, text)).toMatchObject({
      status: 422,
      body: { errors: [{ extensions: problem }] },
    });
    expect(await files.follow(seller, id)).toMatchObject({ status: 'STOPPED', rowsDone: 0, problem });
    expect(await shop.prisma.product.count()).toBe(0);
  });

  it('may be too large, which is said before it is sent', async () => {
    const { url } = await files.start(seller);
    const status = await new Promise((resolve) => {
      const sending = request(url, { method: 'PUT', headers: { 'content-length': 65 * 1024 * 1024 } });
      sending.on('error', () => undefined);
      sending.on('response', (response) => {
        resolve(response.statusCode);
        sending.destroy();
      });
      sending.flushHeaders();
    });
    expect(status).toBe(413);
  });
});

describe('files of products', () => {
  beforeAll(openAll);

  it('are for sellers, and for whoever has the address', async () => {
    await expect(files.start(buyer)).rejects.toThrow('NOT_A_SELLER');
    await expect(files.fetchExport(buyer)).rejects.toThrow('NOT_A_SELLER');
    const base = `http://127.0.0.1:${files.port}/catalogue`;
    for (const token of ['', 'x', 'x'.repeat(43)]) {
      expect((await files.send(`${base}/imports/${token}`, header)).status).toBe(404);
      expect((await fetch(`${base}/exports/${token}`)).status).toBe(404);
    }
    const { id, url } = await files.start(seller);
    expect((await fetch(url)).status).toBe(405);
    expect((await fetch(url, { method: 'OPTIONS' })).headers.get('access-control-allow-methods')).toBe(
      'PUT, POST',
    );
    for (const as of [rival, buyer]) expect(await files.follow(as, id)).toBeNull();
    expect(await files.follow(admin, id)).toMatchObject({ status: 'AWAITING_FILE' });
    await shop.prisma.productImport.update({
      where: { id },
      data: { expiresAt: new Date('2026-01-01T00:00:00Z') },
    });
    expect(await files.send(url, header)).toMatchObject({ status: 404 });
  });

  it('are remembered by the last ten', async () => {
    const all = [];
    for (let index = 0; index < 11; index += 1) all.push(await files.start(seller));
    const [first, second] = all;
    expect(await files.follow(seller, first?.id ?? '')).toBeNull();
    expect(await files.follow(seller, second?.id ?? '')).not.toBeNull();
  });

  it('have their rows read by page', async () => {
    const { id, url } = await files.start(seller);
    await files.send(url, csv(...many(5)));
    const page = async (after: string | null) =>
      (
        await shop.ask(
          seller,
          `query ($id: ID!, $after: String) { productImport(id: $id) {
            rows(first: 2, after: $after) { edges { node { row } } pageInfo { hasNextPage endCursor } }
          } }`,
          { id, after },
        )
      ).data.productImport.rows;
    const first = await page(null);
    expect(first.edges.map(({ node }: { node: { row: number } }) => node.row)).toEqual([2, 3]);
    const second = await page(first.pageInfo.endCursor);
    expect(second.edges.map(({ node }: { node: { row: number } }) => node.row)).toEqual([4, 5]);
    expect(second.pageInfo.hasNextPage).toBe(true);
  });
});
