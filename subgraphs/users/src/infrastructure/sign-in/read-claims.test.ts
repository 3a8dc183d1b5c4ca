import { describe, expect, it } from 'vitest';
import { readClaims } from './read-claims.ts';

const token = { iss: 'https://id.example', sub: '1' };
const emailOf = (said: Record<string, unknown>) => readClaims(token, said)?.verifiedEmail;

describe('what a provider says', () => {
  it('is who it is, by the ID token alone', () => {
    const said = {
      iss: 'https://evil.example',
      sub: '2',
      name: 'Ada',
      email: 'Ada@Example.org',
      email_verified: true,
    };
    expect(readClaims(token, said)).toEqual({
      issuer: 'https://id.example',
      subject: '1',
      verifiedEmail: 'ada@example.org',
      name: 'Ada',
    });
  });

  it.each([[false], [undefined], [null], ['true'], [1]])(
    'is no verified address where that is %j',
    (verified) => {
      expect(emailOf({ email: 'ada@example.org', email_verified: verified })).toBeNull();
    },
  );

  it.each([
    'ａｄａ@example.org',
    'аda@example.org',
    'ada@ｅxample.org',
    'ada@examplе.org',
    'ada\u0000@example.org',
    ' ada@example.org',
    `${'a'.repeat(1_000_000)}@example.org`,
    `${'a'.repeat(65)}@example.org`,
    'ada@xn--exmple-cua.org',
    ['ada@example.org'],
    7,
    '',
  ])('is no verified address where it is %.40j', (email) => {
    expect(emailOf({ email, email_verified: true })).toBeNull();
  });

  it.each(['', 'x'.repeat(256), 'a\u0000', 'é'])('is nobody where the subject is %.20j', (sub) => {
    expect(readClaims({ ...token, sub }, {})).toBeNull();
  });

  it('may lack a name', () => {
    expect(readClaims(token, { name: 7 })).toMatchObject({ name: null, verifiedEmail: null });
  });
});
