import { describe, expect, it } from 'vitest';
import { addToBook, highestAddresses } from './address-book.ts';

const home = {
  id: 'home',
  name: 'Ada',
  line1: '1 High Street',
  line2: null,
  city: 'Leeds',
  region: null,
  postalCode: 'LS1 1AA',
  country: 'GB',
  phone: null,
};
const spare = { isDefaultShipping: false, isDefaultBilling: false };

describe('an address book', () => {
  it('takes its first address for everything', () =>
    expect(addToBook([], home)).toEqual({ ...home, isDefaultShipping: true, isDefaultBilling: true }));
  it('keeps its defaults', () =>
    expect(addToBook([{ isDefaultShipping: true, isDefaultBilling: true }], home)).toEqual({
      ...home,
      ...spare,
    }));
  it('fills the place of a default that is gone', () =>
    expect(addToBook([{ isDefaultShipping: true, isDefaultBilling: false }, spare], home)).toMatchObject({
      isDefaultShipping: false,
      isDefaultBilling: true,
    }));
  it('is full at some time', () => {
    expect(addToBook(Array(highestAddresses - 1).fill(spare), home)).toMatchObject({ id: 'home' });
    expect(addToBook(Array(highestAddresses).fill(spare), home)).toBe('TOO_MANY_ADDRESSES');
  });
});
