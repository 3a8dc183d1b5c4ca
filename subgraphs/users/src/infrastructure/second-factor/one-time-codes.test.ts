import { describe, expect, it } from 'vitest';
import { readTypedCode } from '../../domain/second-factor/typed-code.ts';
import { oneTimeCodes } from './one-time-codes.ts';

/** RFC 4226 and 6238's own: "12345678901234567890". */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

describe('a one-time code', () => {
  it.each([
    [1, '287082'],
    [37_037_036, '081804'],
    [37_037_037, '050471'],
    [41_152_263, '005924'],
    [66_666_666, '279037'],
    [666_666_666, '353130'],
  ])('of step %s is %s, as RFC 6238 says', (step, digits) => {
    expect(oneTimeCodes.isCodeOf(secret, step, digits)).toBe(true);
    expect(oneTimeCodes.isCodeOf(secret, step + 1, digits)).toBe(false);
    expect(oneTimeCodes.isCodeOf(secret, step, `${digits}0`)).toBe(false);
  });

  it('comes from a secret of 160 bits, which is another each time', () => {
    const secrets = Array.from({ length: 20 }, oneTimeCodes.createSecret);
    expect(new Set(secrets).size).toBe(20);
    for (const each of secrets) expect(each).toMatch(/^[A-Z2-7]{32}$/);
  });

  it('is set up by an address that an app reads, also as a picture', async () => {
    const { uri, qrCode } = await oneTimeCodes.present(secret, 'ada+shop@example.org');
    const { protocol, host, pathname, searchParams } = new URL(uri);
    expect([protocol, host, decodeURIComponent(pathname)]).toEqual([
      'otpauth:',
      'totp',
      '/Emporium:ada+shop@example.org',
    ]);
    expect(Object.fromEntries(searchParams)).toEqual({
      issuer: 'Emporium',
      secret,
      algorithm: 'SHA1',
      digits: '6',
      period: '30',
    });
    expect(qrCode).toMatch(/^data:image\/png;base64,/);
  });
});

it('a recovery code is one that can be typed, and another each time', () => {
  const codes = Array.from({ length: 100 }, oneTimeCodes.createRecoveryCode);
  expect(new Set(codes).size).toBe(100);
  for (const code of codes) expect(readTypedCode(code)).toEqual({ kind: 'RECOVERY', code });
});
