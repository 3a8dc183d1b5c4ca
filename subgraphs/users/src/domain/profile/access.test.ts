import { describe, expect, it } from 'vitest';
import { mayReadAddresses, mayReadTastes } from './access.ts';

const nobody = { id: null, roles: [] };
const herself = { id: 'ada', roles: ['BUYER'] } as const;
const seller = { id: 'bob', roles: ['BUYER', 'SELLER'] } as const;
const administrator = { id: 'root', roles: ['ADMIN'] } as const;

describe('a profile', () => {
  it.each([
    ['themself', herself, true, true],
    ['an administrator', administrator, true, false],
    ['a seller', seller, false, false],
    ['nobody', nobody, false, false],
  ] as const)('shows %s (%j) addresses: %s, tastes: %s', (_who, reader, addresses, tastes) => {
    expect(mayReadAddresses(reader, 'ada')).toBe(addresses);
    expect(mayReadTastes(reader, 'ada')).toBe(tastes);
  });
});
