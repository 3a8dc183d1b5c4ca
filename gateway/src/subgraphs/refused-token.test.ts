import { expect, it, vi } from 'vitest';
import type { Logger } from '../logger.ts';
import { createTellRefusal } from './refused-token.ts';

const told = (signs: boolean) => {
  const error = vi.fn();
  return { error, tell: createTellRefusal({ error } as unknown as Logger, signs) };
};

it.each([
  [false, 'set INTERNAL_SIGNING_KEY'],
  [true, 'INTERNAL_JWKS holds the public key of INTERNAL_SIGNING_KEY'],
])('a gateway that signs (%s) is told once per subgraph where to look', (signs, where) => {
  const { error, tell } = told(signs);
  tell('orders', 401);
  tell('orders', 401);
  tell('users', 401);
  expect(error.mock.calls).toEqual([
    [{ subgraph: 'orders' }, expect.stringContaining(where)],
    [{ subgraph: 'users' }, expect.stringContaining(where)],
  ]);
});

it('other statuses say nothing of the token', () => {
  const { error, tell } = told(true);
  for (const status of [200, 403, 500, 503]) tell('orders', status);
  expect(error).not.toHaveBeenCalled();
});
