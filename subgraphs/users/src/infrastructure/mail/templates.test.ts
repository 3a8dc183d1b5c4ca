import { describe, expect, it } from 'vitest';
import { writeLetter } from './templates.ts';

const data = { name: 'Ada', device: 'Firefox', recoveryCodesLeft: 10 };

describe('a mail', () => {
  it.each(['EMAIL_CHANGED', 'TOTP_ENABLED', 'TOTP_REMOVED'])('%s says whom to write to', (template) => {
    const { text } = writeLetter(template, data, 'help@shop.example');
    expect(text).toMatch(/(not you|nothing like it).* write to help@shop\.example\./);
    expect(writeLetter(template, data, null).text).toContain('write to us.');
  });

  it('greets by name alone who has one', () => {
    const { text } = writeLetter('TOTP_ENABLED', { ...data, name: null, device: null }, null);
    expect(text).toMatch(/^Hello,/);
    expect(writeLetter('TOTP_ENABLED', data, null).text).toMatch(/^Hello Ada,/);
  });

  it('tells whoever opened no account what to do about a link', () => {
    const { text } = writeLetter('VERIFY_EMAIL', { ...data, link: 'https://x', token: 't' }, null);
    expect(text).toMatch(/^Hello,.*If you opened no account, do nothing.*"forgot password"/s);
  });

  it('is none by another name', () => expect(() => writeLetter('toString', data, null)).toThrow('no mail'));
});
