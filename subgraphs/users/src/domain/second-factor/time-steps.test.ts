import { asInstant } from '@emporium/domain';
import { describe, expect, it } from 'vitest';
import { openSteps, stepAt } from './time-steps.ts';

const at = (seconds: number) => asInstant(new Date(seconds * 1000).toISOString());

describe('the time step of a code', () => {
  it.each([
    [0, 0],
    [29, 0],
    [30, 1],
    [59, 1],
    [1_111_111_109, 37_037_036],
  ])('of second %s is %s', (second, step) => expect(stepAt(at(second))).toBe(step));

  it('is one to either side, and no further', () => {
    expect(openSteps(at(300), 0)).toEqual([9, 10, 11]);
    expect(openSteps(at(329.999), 0)).toEqual([9, 10, 11]);
    expect(openSteps(at(330), 0)).toEqual([10, 11, 12]);
  });

  it('is closed once it was used, and so are those before it', () => {
    expect(openSteps(at(300), 9)).toEqual([10, 11]);
    expect(openSteps(at(300), 10)).toEqual([11]);
    expect(openSteps(at(300), 11)).toEqual([]);
    expect(openSteps(at(300), 12)).toEqual([]);
  });
});
