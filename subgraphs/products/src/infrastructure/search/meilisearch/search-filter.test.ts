import { describe, expect, it } from 'vitest';
import { currencyKey, idKeys } from './products-index.ts';
import { conditionsOf, isAfter, visibleTo } from './search-filter.ts';
import { parseFilter } from './stand-in/filter-language.ts';

const ids = [
  '0193f1a0-0000-7000-8000-000000000000',
  '0193f1a0-0000-7000-8000-000000000001',
  '0193f1a0-0000-7000-9000-000000000000',
  '0193f1a0-0001-7000-8000-000000000000',
];
const filterable = new Set(['currencyKey', 'minor', 'id0', 'id1', 'id2', 'id', 'sellerId', 'isVisible']);

describe('a filter for Meilisearch', () => {
  it('goes on after a cursor as texts would compare', () => {
    for (const after of ids)
      for (const id of ids) {
        const document = { ...idKeys(id), minor: 5, currencyKey: currencyKey('GBP') };
        expect(parseFilter(isAfter('NEWEST', [after]), filterable)(document)).toBe(id < after);
        expect(parseFilter(isAfter('PRICE_ASC', ['GBP', '5', after]), filterable)(document)).toBe(
          id > after,
        );
        expect(parseFilter(isAfter('PRICE_ASC', ['EUR', '9', after]), filterable)(document)).toBe(true);
        expect(parseFilter(isAfter('PRICE_DESC', ['GBP', '4', after]), filterable)(document)).toBe(false);
      }
  });

  it('takes whatever is typed for a value', () => {
    const hostile = 'x" OR isVisible = true OR id = "\\';
    const [condition = ''] = conditionsOf({ sellerId: hostile }, null) ?? [];
    const test = parseFilter(condition, filterable);
    expect(test({ sellerId: hostile })).toBe(true);
    expect(test({ sellerId: 'y', isVisible: true })).toBe(false);
    const [visible = ''] = visibleTo({ id: hostile, isAdmin: false });
    expect(parseFilter(visible, filterable)({ sellerId: 'y', isVisible: false })).toBe(false);
  });

  it('is none where nothing can match', () => {
    expect(conditionsOf({ ids: [] }, null)).toBeNull();
    expect(conditionsOf({}, [])).toBeNull();
    expect(conditionsOf({}, null)).toEqual([]);
  });
});
