import { describe, expect, it } from 'vitest';
import {
  readEmail,
  readName,
  readNewEmail,
  readNewPassword,
  readPasswordAttempt,
  readReason,
} from './read-input.ts';

const badField = (field: string) =>
  expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT', field } });

const refusal = (read: () => unknown): unknown => {
  try {
    return read();
  } catch (error) {
    return error;
  }
};

describe('an e-mail address', () => {
  it.each([
    ['  Ada@Example.ORG ', 'ada@example.org'],
    ['ａｄａ@example.org', 'ada@example.org'],
    ['ada+shop@mail.example.org', 'ada+shop@mail.example.org'],
    [`${'a'.repeat(242)}@example.org`, `${'a'.repeat(242)}@example.org`],
  ])('%s is %s', (text, email) => expect(readEmail(text, 'email')).toBe(email));

  it.each([
    '',
    'ada',
    'ada@',
    '@example.org',
    'ada@example',
    'a b@example.org',
    'ada@example..org',
    'ada@example.org\u0000',
    'ada@exämple.org',
    `${'a'.repeat(243)}@example.org`,
    'ﷺ'.repeat(100_000),
  ])('%j is none', (text) => {
    expect(refusal(() => readEmail(text, 'email'))).toEqual(badField('email'));
  });
});

describe('the e-mail address of a new account', () => {
  it.each([`${'a'.repeat(64)}@example.org`, 'ada@xn.example.org', 'ada@example-xn--a.org'])(
    'may be %s',
    (text) => expect(readNewEmail(text, 'email')).toBe(text),
  );
  it.each([
    `${'a'.repeat(65)}@example.org`,
    'ada@xn--exmple-cua.org',
    'ada@mail.XN--80ak6aa92e.com',
    'ada@ехample.org',
  ])('may not be %s', (text) =>
    expect(refusal(() => readNewEmail(text, 'email'))).toEqual(badField('email')),
  );
});

describe('a password', () => {
  it.each(['0123456789', 'é'.repeat(128), '👩‍🚀🔑🔒🗝️ ok', '𝔘'.repeat(10)])('may be %s', (text) =>
    expect(readNewPassword(text, 'password')).toBe(text),
  );
  it.each([
    '',
    '012345678',
    '👩👩👩👩👩',
    'é'.repeat(129),
    '語'.repeat(200),
    'x'.repeat(1_000_000),
    'ﷺ'.repeat(20),
  ])('may not be %j', (text) => {
    expect(refusal(() => readNewPassword(text, 'password'))).toEqual(badField('password'));
  });
  it('that is tried may be short: it is only wrong', () => {
    expect(readPasswordAttempt('short', 'password')).toBe('short');
  });
  it('that is tried may not be huge', () => {
    expect(refusal(() => readPasswordAttempt('x'.repeat(129), 'password'))).toEqual(badField('password'));
  });
});

describe('a name', () => {
  it.each([
    ['  Ada   Lovelace ', 'Ada Lovelace'],
    ['Ada\tLovelace', 'Ada Lovelace'],
    ['李小龍', '李小龍'],
    ["Renée O'Connor 👩‍🚀", "Renée O'Connor 👩‍🚀"],
    ['می\u200cخواهم', 'می\u200cخواهم'],
    ['葛\u{e0100}城 ❤️', '葛\u{e0100}城 ❤️'],
    ['김철수', '김철수'],
    ['J.R.R. Tolkien, Jr.', 'J.R.R. Tolkien, Jr.'],
    ['Dr. A. Lovelace', 'Dr. A. Lovelace'],
    ['Smith & Co. No.1', 'Smith & Co. No.1'],
  ])('%j is shown as %j', (text, name) => expect(readName(text, 'name')).toBe(name));
  it.each(['', '   ', 'x'.repeat(101), 'Ada\u0000', '\u202egnp.exe', '\ud83d'])('%j is none', (text) => {
    expect(refusal(() => readName(text, 'name'))).toEqual(badField('name'));
  });
  it.each([
    '\u3164',
    '\u115f\u1160',
    '\uffa0',
    '\u2800',
    'Ada\u200bLovelace',
    'Ad\u00ada',
    'A\u2060da',
    'A\u{e0041}',
  ])('has no letter that nobody sees, as %j has', (text) =>
    expect(refusal(() => readName(text, 'name'))).toEqual(badField('name')),
  );
  it.each([
    'https://evil.example',
    'ｈｔｔｐｓ：／／evil.example',
    'ｗｗｗ．evil.example',
    'www。evil。example',
    'w\u200dww.evil.example',
    'WWW .evil.example',
    'https:/\u200c/evil.example',
    'https: //evil.example',
    'buy at evil.com/now',
    'EVIL.COM',
    'x.co',
    'evil。рф',
    'evil\uff61com',
    'ada@evil.com',
    'http 192.0.2.1/x',
  ])('has no link, in any dress: %j', (text) =>
    expect(refusal(() => readName(text, 'name'))).toEqual(badField('name')),
  );
});

describe('a reason', () => {
  it('is shown on one line', () => expect(readReason('  sold\nfakes ', 'reason')).toBe('sold fakes'));
  it.each(['', ' \n', 'x'.repeat(501), '語'.repeat(501), 'x'.repeat(1_000_000), 'a\u0000b', '\u202eb'])(
    '%j is none',
    (text) => expect(refusal(() => readReason(text, 'reason'))).toEqual(badField('reason')),
  );
});
