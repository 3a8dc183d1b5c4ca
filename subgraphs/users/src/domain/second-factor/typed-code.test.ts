import { describe, expect, it } from 'vitest';
import { groupRecoveryCode, readTypedCode } from './typed-code.ts';

const recovery = { kind: 'RECOVERY', code: 'ABCDEFGHJKMN0110' };

describe('a typed code', () => {
  it.each(['123456', ' 123 456 ', '123-456'])('is six digits: %j', (text) =>
    expect(readTypedCode(text)).toEqual({ kind: 'TOTP', digits: '123456' }),
  );

  it.each([
    'ABCD-EFGH-JKMN-0110',
    'abcdefghjkmn0110',
    ' ABCD EFGH JKMN 0110',
    'abcd-efgh-jkmn-o1lo',
    'ABCD-EFGH-JKMN-OiIO',
  ])('is a recovery code: %j', (text) => expect(readTypedCode(text)).toEqual(recovery));

  it.each([
    '',
    ' ',
    '12345',
    '1234567',
    '12345a',
    '١٢٣٤٥٦',
    '１２３４５６',
    '𝟏𝟐𝟑𝟒𝟓𝟔',
    '123\u00a0456',
    '12345\n6',
    'ABCD-EFGH-JKMN-011',
    'ABCD-EFGH-JKMN-01101',
    'ABCD-EFGH-JKMN-U110',
    // They become I and S in capitals.
    'abcd-efgh-jkmn-0ıı0',
    'abcd-efgh-jkmn-0ſſ0',
    `123456${' '.repeat(1_000_000)}`,
    '1'.repeat(1_000_000),
  ])('is not %j', (text) => expect(readTypedCode(text)).toBeNull());

  it('is shown in groups, and read back', () => {
    expect(groupRecoveryCode(recovery.code)).toBe('ABCD-EFGH-JKMN-0110');
    expect(readTypedCode(groupRecoveryCode(recovery.code))).toEqual(recovery);
  });
});
