import { asId } from '@emporium/domain';
import { describe, expect, it } from 'vitest';
import { allocate } from './allocation.ts';

const at = (code: string, available: number) => ({ locationId: asId<'Location'>(code), available });
const from = (code: string, quantity: number) => ({ locationId: asId<'Location'>(code), quantity });

describe('an allocation', () => {
  it('takes all from the first location that has enough', () =>
    expect(allocate(3, [at('north', 3), at('south', 9)])).toEqual([from('north', 3)]));
  it('is split where the first has too few, and passes by what is empty', () =>
    expect(allocate(5, [at('north', 3), at('east', 0), at('south', 9)])).toEqual([
      from('north', 3),
      from('south', 2),
    ]));
  it('is what there is where all together have too few', () =>
    expect(allocate(5, [at('north', 3), at('south', 1)])).toEqual([from('north', 3), from('south', 1)]));
});
