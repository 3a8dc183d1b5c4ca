import { asId } from '@emporium/domain';
import { describe, expect, it } from 'vitest';
import { normaliseEmail } from './email.ts';
import { mayReadEmail, mayReadUser, type User } from './user.ts';

const ada: User = {
  id: asId<'User'>('ada'),
  email: normaliseEmail('ada@example.org'),
  name: 'Ada',
  roles: ['BUYER'],
};
const nobody = { id: null, roles: [] };
const herself = { id: 'ada', roles: ['BUYER'] } as const;
const seller = { id: 'bob', roles: ['BUYER', 'SELLER'] } as const;
const administrator = { id: 'root', roles: ['ADMIN'] } as const;

describe('a user', () => {
  it.each([
    ['themself', herself, true],
    ['a seller', seller, true],
    ['nobody', nobody, false],
  ] as const)('is readable by %s: %j %s', (_who, reader, may) => expect(mayReadUser(reader)).toBe(may));

  it.each([
    ['themself', herself, true],
    ['an administrator', administrator, true],
    ['a seller', seller, false],
    ['nobody', nobody, false],
  ] as const)('shows the e-mail to %s: %j %s', (_who, reader, may) =>
    expect(mayReadEmail(reader, ada)).toBe(may),
  );
});
