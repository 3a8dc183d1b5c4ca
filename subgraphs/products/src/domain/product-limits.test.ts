import { describe, expect, it } from 'vitest';
import { descriptionProblem, priceProblem, skuProblem, titleProblem } from './product-limits.ts';

const fine = null;
const wrong = expect.any(String);

describe('what may be said of a product', () => {
  it.each([
    ['Mug', fine],
    ['💡'.repeat(200), fine],
    ['💡'.repeat(201), wrong],
    [' ', wrong],
    ['two\nlines', wrong],
    ['half \ud800', wrong],
  ])('a title like %j', (title, verdict) => expect(titleProblem(title)).toEqual(verdict));

  it.each([
    ['', fine],
    ['Two\nlines,\tone tab.', fine],
    ['x'.repeat(10_001), wrong],
    ['a\0b', wrong],
    ['half \udc00', wrong],
  ])('a description like %j', (description, verdict) =>
    expect(descriptionProblem(description)).toEqual(verdict),
  );

  it.each([
    ['85123A', fine],
    ['MUG-BLUE-01', fine],
    ['gift_0001 20/A+b.c', fine],
    ['7', fine],
    ['茶-1', fine],
    ['x'.repeat(64), fine],
    ['x'.repeat(65), wrong],
    ['', wrong],
    ['-A', wrong],
    ['A ', wrong],
    ['A"B', wrong],
  ])('a SKU like %j', (sku, verdict) => expect(skuProblem(sku)).toEqual(verdict));

  it.each([
    [1n, fine],
    [10n ** 12n, fine],
    [0n, wrong],
    [-1n, wrong],
    [10n ** 12n + 1n, wrong],
  ])('a price of %s', (minor, verdict) =>
    expect(priceProblem({ minor, currency: 'GBP' })).toEqual(verdict),
  );
});

describe('a title', () => {
  it.each(['\u200b', '\u200b \u2060', 'a\u2028b', 'abc\u202efdp.exe', 'lost \ufffd'])(
    'is not %j',
    (title) => expect(titleProblem(title)).not.toBeNull(),
  );
});

describe('a description', () => {
  const text = 'Fish & chips '.repeat(769);
  it('is as long as what it says, however it is written', () => {
    expect(descriptionProblem(text)).toBeNull();
    expect(descriptionProblem(text.replaceAll('&', '&amp;'))).toBeNull();
    expect(descriptionProblem(`<p>${text}</p>`.repeat(2))).not.toBeNull();
  });
  it('has an end, tags and all', () => expect(descriptionProblem('<b></b>'.repeat(15_000))).not.toBeNull());
});
