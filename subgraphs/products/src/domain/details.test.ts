import { describe, expect, it } from 'vitest';
import { specificationsOf, specificationsProblem, tagsOf, tagsProblem } from './details.ts';

const many = (count: number) => Array.from({ length: count }, (_, index) => `tag ${index}`);
const spec = (name: string, value: string) => ({ name, value });

describe('tags', () => {
  it('are kept in lower case, composed, with single spaces, each once', () =>
    expect(tagsOf([' Hand  Made', 'hand made', 'Cafe\u0301', 'ﬁne', 'ÉTÉ'])).toEqual([
      'hand made',
      'café',
      'fine',
      'été',
    ]));

  it.each([
    [many(20), null],
    [['x'.repeat(40)], null],
    [['💡'.repeat(40)], null],
    [[` ${' '.repeat(300)}wide`], null],
    [many(21), ''],
    [['fine', 'x'.repeat(41)], '1'],
    [['x'.repeat(1_000_000)], '0'],
    [['ﷺ'.repeat(40)], '0'],
    [['fine', ' '], '1'],
    [['a\0b'], '0'],
    [['half \ud800'], '0'],
  ])('like %j are wrong at %j', (tags, path) => expect(tagsProblem(tags)?.path ?? null).toBe(path));
});

describe('specifications', () => {
  it('are kept in order, doubles too', () =>
    expect(specificationsOf([spec('Fits', 'E27 '), spec(' Fits', 'E14')])).toEqual([
      spec('Fits', 'E27'),
      spec('Fits', 'E14'),
    ]));

  it.each([
    [[spec('x'.repeat(80), 'x'.repeat(500))], null],
    [Array.from({ length: 51 }, () => spec('a', 'b')), ''],
    [[spec('a', 'b'), spec('', 'b')], '1.name'],
    [[spec('a', ' ')], '0.value'],
    [[spec('x'.repeat(81), 'b')], '0.name'],
    [[spec('a', 'x'.repeat(501))], '0.value'],
    [[spec('a', 'two\u0000lines')], '0.value'],
  ])('like %j are wrong at %j', (all, path) => expect(specificationsProblem(all)?.path ?? null).toBe(path));
});
