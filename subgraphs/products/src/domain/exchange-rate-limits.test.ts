import { describe, expect, it } from 'vitest';
import { isDay, quoteProblem, rateProblem } from './exchange-rate-limits.ts';

describe('a rate', () => {
  it.each(['0.000001', '1', '88.9335', '1000000'])('may be %s', (rate) =>
    expect(rateProblem(rate)).toBeNull(),
  );
  it.each(['0', '-1', '-0.5', '1000000.000001', '999999999999999999'])('may not be %s', (rate) =>
    expect(rateProblem(rate)).not.toBeNull(),
  );
  it('is that of a euro in another currency', () => {
    expect(quoteProblem('USD')).toBeNull();
    expect(quoteProblem('EUR')).not.toBeNull();
    expect(quoteProblem('JPY')).not.toBeNull();
  });
});

describe('a day', () => {
  it.each(['2024-02-29', '2000-02-29', '2026-12-31', '1999-01-01'])('is %s', (day) =>
    expect(isDay(day)).toBe(true),
  );
  it.each([
    '2026-02-29',
    '2100-02-29',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '2026-1-1',
    '1998-12-31',
    '',
  ])('is not %s', (day) => expect(isDay(day)).toBe(false));
});
