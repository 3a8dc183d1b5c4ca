import { expect, it } from 'vitest';
import { createQuota } from './quota.ts';

it('a quota is per holder, and what is given back can be taken again, once', () => {
  const quota = createQuota(2);
  const first = quota.take('ada');
  expect(quota.take('ada')).not.toBeNull();
  expect(quota.take('ada')).toBeNull();
  expect(quota.take('bob')).not.toBeNull();
  first?.();
  first?.();
  expect(quota.take('ada')).not.toBeNull();
  expect(quota.take('ada')).toBeNull();
});
