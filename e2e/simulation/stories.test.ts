import { describe, it } from 'vitest';
import { expectToHold } from './expect-to-hold.ts';

describe('the shop, whatever goes wrong', () => {
  it('keeps every rule in the stories 1 to 50', { timeout: 600_000 }, () => expectToHold(1, 50));
});
