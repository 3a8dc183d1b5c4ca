import { randomBytes } from 'node:crypto';
import { CompactEncrypt, importJWK } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { createOpenDataKey, createSealDataKey } from './data-key.ts';
import { newRecipientKey } from './new-seal.ts';

const recipient = newRecipientKey('2026-01');
let seal: (key: Uint8Array) => Promise<string>;
let open: (sealed: string) => Promise<Uint8Array>;
beforeAll(async () => {
  seal = await createSealDataKey(recipient.open);
  open = createOpenDataKey(await importJWK(recipient.secret, 'RSA-OAEP-256'));
});

const newKey = async () => {
  const key = randomBytes(32);
  return { key, sealed: await seal(key) };
};

describe('a key of texts', () => {
  it('is opened once, however many ask at a time or later', async () => {
    const { key, sealed } = await newKey();
    const opening = open(sealed);
    expect(open(sealed)).toBe(opening);
    expect(Buffer.from(await opening)).toEqual(key);
    expect(open(sealed)).toBe(opening);
  });

  it('is remembered until a hundred others have come', async () => {
    const { sealed } = await newKey();
    const opening = open(sealed);
    await opening;
    const others = await Promise.all(Array.from({ length: 100 }, newKey));
    for (const other of others.slice(1)) await open(other.sealed);
    expect(open(sealed)).toBe(opening);
    await open(others[0]?.sealed ?? '');
    expect(open(sealed)).not.toBe(opening);
  });

  it('is asked for anew when it did not open, and no other sealed text is one', async () => {
    const key = await importJWK(recipient.open, 'RSA-OAEP-256');
    const sealed = await new CompactEncrypt(randomBytes(32))
      .setProtectedHeader({ alg: 'RSA-OAEP-256', enc: 'A256GCM', typ: 'emporium-card-token' })
      .encrypt(key);
    const opening = open(sealed);
    await expect(opening).rejects.toThrow(/no data key/);
    const again = open(sealed);
    expect(again).not.toBe(opening);
    await expect(again).rejects.toThrow(/no data key/);
  });
});
