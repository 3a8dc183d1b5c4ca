import { describe, expect, it } from 'vitest';
import { isLonger, isPrintableLine, isPrintableText } from './printable.ts';

describe('one line of text', () => {
  it.each(['Ada Lovelace', 'مرحبا', 'می\u200cخواهم', '👩\u200d👩\u200d👧', '%'])('may be %j', (text) =>
    expect(isPrintableLine(text)).toBe(true),
  );
  it.each(['a\nb', 'a\0', 'a\u2028b', '\ud83d', '\ufffd', 'Ada \u202eevolevoL', '\u2066a\u2069'])(
    'may not be %j',
    (text) => expect(isPrintableLine(text)).toBe(false),
  );
});

describe('text of several lines', () => {
  it('breaks and indents, and has no other controls', () => {
    expect(isPrintableText('a\r\n\tb')).toBe(true);
    for (const text of ['\0', '\u001b[31m', '\udc00']) expect(isPrintableText(text)).toBe(false);
  });
});

it('is as long as people count it', () => {
  expect(isLonger('💚'.repeat(3), 3)).toBe(false);
  expect(isLonger('💚'.repeat(4), 3)).toBe(true);
  expect(isLonger('aaaa', 3)).toBe(true);
});
