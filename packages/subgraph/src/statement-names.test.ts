import { describe, expect, it } from 'vitest';
import { createStatementNames, plannedAfresh } from './statement-names.ts';

describe('names of statements', () => {
  it('are given from the second time on, and stay', () => {
    const nameOf = createStatementNames();
    expect(nameOf({ sql: 'SELECT 1' })).toBeUndefined();
    const name = nameOf({ sql: 'SELECT 1' });
    expect(name).toMatch(/^\w+$/);
    expect(nameOf({ sql: 'SELECT 1' })).toBe(name);
  });

  it('are each for one text', () => {
    const nameOf = createStatementNames();
    const texts = ['SELECT 1', 'SELECT 2', 'SELECT 3'];
    for (const sql of texts) nameOf({ sql });
    expect(new Set(texts.map((sql) => nameOf({ sql }))).size).toBe(3);
  });

  it('are not given to what is planned afresh', () => {
    const nameOf = createStatementNames();
    const sql = `SELECT 1 ${plannedAfresh}`;
    expect([nameOf({ sql }), nameOf({ sql }), nameOf({ sql })]).toEqual([undefined, undefined, undefined]);
  });

  it('end at a bound, and those given stay', () => {
    const nameOf = createStatementNames(2);
    const ask = (text: string) => [nameOf({ sql: text }), nameOf({ sql: text })][1];
    const first = ask('SELECT 1');
    expect([ask('SELECT 2'), ask('SELECT 3'), ask('SELECT 4')]).toEqual([
      expect.any(String),
      undefined,
      undefined,
    ]);
    expect(ask('SELECT 1')).toBe(first);
  });
});
