import { describe, expect, it } from 'vitest';
import { readReason } from './read-reason.ts';
import { readText } from './read-text.ts';

const badInput = expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT', field: 'input.name' } });

describe('text that is taken', () => {
  it.each(['💚'.repeat(101), 'می\u200cخواهم', '👩\u200d🚀'])('%j is', (text) => {
    expect(readText(` ${text} `, 101, 'input.name')).toBe(text);
    expect(readReason(text)).toBe(text);
  });
  it('counts what people count', () => expect(readReason('💚'.repeat(500))).toHaveLength(1000));
});

describe('text that is not', () => {
  it.each(['', ' ', 'a\nb', '💚'.repeat(102), 'Ada \u202eecalevoL', '\u2067a', 'a\0'])('%j is', (text) =>
    expect(() => readText(text, 101, 'input.name')).toThrow(badInput),
  );
  it.each(['💚'.repeat(501), 'a\0b', '\u001b[2J'])('%j is no reason', (text) =>
    expect(() => readReason(text, 'input.name')).toThrow(badInput),
  );
});
