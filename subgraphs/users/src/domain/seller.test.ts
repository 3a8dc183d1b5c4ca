import { asId } from '@emporium/domain';
import { describe, expect, it } from 'vitest';
import { openShop } from './seller.ts';

const userId = asId<'User'>('ada');
const shop = { id: userId, displayName: 'Lovelace & Co', active: true, version: 1 };

describe('a shop', () => {
  it('opens with the first version of its profile', () =>
    expect(openShop(null, { userId, displayName: 'Lovelace & Co' })).toEqual(shop));
  it('opens once per account', () =>
    expect(openShop(shop, { userId, displayName: 'Another' })).toBe('ALREADY_A_SELLER'));
});
