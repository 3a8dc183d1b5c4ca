import { describe, it } from 'vitest';
import { expectToHold } from './expect-to-hold.ts';

describe('the shop, whatever else goes wrong', () => {
  it('keeps every rule in the stories 51 to 100', { timeout: 600_000 }, () => expectToHold(51, 100));
});
