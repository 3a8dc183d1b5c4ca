import { CompactEncrypt, decodeProtectedHeader, importJWK } from 'jose';
import { describe, expect, it } from 'vitest';
import { newRecipientKey } from './new-seal.ts';
import { createOpen, createSealFor } from './recipient.ts';

const about = { type: 'card-token', subject: 'order 1' };
const [older, newer] = [newRecipientKey('2026-01'), newRecipientKey('2026-02')];
const sealedWith = async (key: typeof older, text = 'tok_ok', of = about) =>
  (await createSealFor(key.open))(text, of);
const openedBy = async (sealed: string, of = about, keys = [older.secret]) =>
  (await createOpen(keys))(sealed, of);

describe('a text that is sealed for a recipient', () => {
  it.each(['', 'tok_ok', 'Zoë 👋'])('is opened by them alone: %j', async (text) => {
    const sealed = await sealedWith(older, text);
    if (text !== '') expect(sealed).not.toContain(Buffer.from(text).toString('base64url'));
    expect(await openedBy(sealed)).toEqual({ ok: true, text });
    const other = { ...newer.secret, kid: '2026-01' };
    expect(await openedBy(sealed, about, [other])).toEqual({ ok: false, reason: 'BROKEN', kid: '2026-01' });
  });

  it('goes with a key that seals so many texts, and then with another', async () => {
    const seal = await createSealFor(older.open, 2);
    const sealed: string[] = [];
    for (const text of ['one', 'two', 'three', 'four']) sealed.push(await seal(text, about));
    const [first, second, third, fourth] = sealed.map((text) => decodeProtectedHeader(text).dek);
    expect([second, fourth]).toEqual([first, third]);
    expect(third).not.toBe(first);
    for (const text of sealed) expect(await openedBy(text)).toMatchObject({ ok: true });
  });

  it('is opened with whichever of the keys it was sealed with, and with no other', async () => {
    const keys = [newer.secret, older.secret];
    for (const key of [older, newer])
      expect(await openedBy(await sealedWith(key), about, keys)).toMatchObject({ ok: true });
    expect(await openedBy(await sealedWith(newer))).toEqual({
      ok: false,
      reason: 'UNKNOWN_KEY',
      kid: '2026-02',
    });
  });

  it.each([
    { ...about, subject: 'order 2' },
    { ...about, type: 'password' },
  ])('is not opened as %j', async (of) => {
    const sealed = await sealedWith(older);
    expect(await openedBy(sealed, of)).toMatchObject({ reason: 'OTHER' });
    // Who writes another name on it has changed it.
    const [, ...parts] = sealed.split('.');
    const header = { ...decodeProtectedHeader(sealed), typ: of.type, sub: of.subject };
    const forged = [Buffer.from(JSON.stringify(header)).toString('base64url'), ...parts].join('.');
    expect(await openedBy(forged, of)).toMatchObject({ reason: 'BROKEN' });
  });

  it('is not opened when any part of it was changed or cut', async () => {
    const sealed = await sealedWith(older);
    const parts = sealed.split('.');
    for (const at of [0, 2, 3, 4]) {
      const changed = parts.map((part, index) => (index === at ? part.slice(0, -3) : part)).join('.');
      expect(await openedBy(changed)).toMatchObject({ ok: false });
    }
    expect(await openedBy(parts.with(1, 'AAAA').join('.'))).toMatchObject({ ok: false });
    for (const text of ['', 'tok_ok', 'a.b.c.d.e', '....'])
      expect(await openedBy(text)).toEqual({ ok: false, reason: 'BROKEN', kid: null });
  });

  it('comes with the key of whoever sealed it, which is sealed once for many', async () => {
    const seal = await createSealFor(older.open);
    const [one, two] = [await seal('tok_ok', about), await seal('tok_ok', about)];
    expect(one).not.toBe(two);
    expect(decodeProtectedHeader(one).dek).toBe(decodeProtectedHeader(two).dek);
    const open = await createOpen([older.secret]);
    for (const sealed of [one, two]) expect(await open(sealed, about)).toMatchObject({ ok: true });
    expect(decodeProtectedHeader(await sealedWith(older)).dek).not.toBe(decodeProtectedHeader(one).dek);
  });

  it('is not opened with what is no such key, whenever it comes', async () => {
    const rsa = { alg: 'RSA-OAEP-256', enc: 'A256GCM', kid: '2026-01' };
    const text = await new CompactEncrypt(Buffer.alloc(32))
      .setProtectedHeader({ ...rsa, typ: 'card-token', sub: 'order 1' })
      .encrypt(await importJWK(older.open, rsa.alg));
    const withIt = await new CompactEncrypt(Buffer.from('tok_ok'))
      .setProtectedHeader({
        alg: 'dir',
        enc: rsa.enc,
        kid: rsa.kid,
        typ: about.type,
        sub: about.subject,
        dek: text,
      })
      .encrypt(Buffer.alloc(32));
    const open = await createOpen([older.secret]);
    for (const _time of [1, 2]) expect(await open(withIt, about)).toMatchObject({ reason: 'BROKEN' });
  });

  it('is still opened when it was sealed with the public key itself', async () => {
    const sealed = await new CompactEncrypt(Buffer.from('tok_ok'))
      .setProtectedHeader({
        alg: 'RSA-OAEP-256',
        enc: 'A256GCM',
        kid: '2026-01',
        typ: about.type,
        sub: about.subject,
      })
      .encrypt(await importJWK(older.open, 'RSA-OAEP-256'));
    expect(await openedBy(sealed)).toEqual({ ok: true, text: 'tok_ok' });
  });
});
