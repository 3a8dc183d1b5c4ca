/** Texts that travel past others: sealed for a recipient, as a compact JWE, and bound to what they are about. */
import { randomBytes } from 'node:crypto';
import { CompactEncrypt, compactDecrypt, decodeProtectedHeader, importJWK } from 'jose';
import { createOpenDataKey, createSealDataKey } from './data-key.ts';
import type { RecipientPrivateKey, RecipientPublicKey } from './recipient-keys.ts';

const enc = 'A256GCM';

/** What a sealed text is, and of what: it opens as nothing else and of nothing else. Both can be read by anybody. */
export type About = { readonly type: string; readonly subject: string };

export type SealFor = (text: string, about: About) => Promise<string>;

/** UNKNOWN_KEY: sealed with a key that is not among ours. OTHER: about something else. BROKEN: changed, or no sealed text. */
export type Opened =
  | { readonly ok: true; readonly text: string }
  | {
      readonly ok: false;
      readonly reason: 'UNKNOWN_KEY' | 'OTHER' | 'BROKEN';
      /** The id of the key that it says; null where it says none that could be one. */
      readonly kid: string | null;
    };

export type Open = (sealed: string, about: About) => Promise<Opened>;

/** Each with a nonce by chance: far from so many that two could be the same. */
const mostTexts = 2 ** 20;

/**
 * Seals for whoever has the private key: with a key of this process, which goes with each text, sealed once with the public
 * one (ADR 117), and with another after `textsOfDataKey`.
 */
export const createSealFor = async (
  publicKey: RecipientPublicKey,
  textsOfDataKey = mostTexts,
): Promise<SealFor> => {
  const sealDataKey = await createSealDataKey(publicKey);
  const newDataKey = async () => {
    const key = randomBytes(32);
    return { key, sealed: await sealDataKey(key) };
  };
  const { kid } = publicKey;
  let dataKey = await newDataKey();
  let texts = 0;
  return async (text, { type, subject }) => {
    if (texts >= textsOfDataKey) {
      dataKey = await newDataKey();
      texts = 0;
    }
    texts += 1;
    const { key, sealed } = dataKey;
    return new CompactEncrypt(Buffer.from(text))
      .setProtectedHeader({ alg: 'dir', enc, kid, typ: type, sub: subject, dek: sealed })
      .encrypt(key);
  };
};

/**
 * Opens what was sealed with any of the keys, which are read once; also what was sealed with one of them itself, as texts were
 * before. Never throws because of the text.
 */
export const createOpen = async (privateKeys: readonly RecipientPrivateKey[]): Promise<Open> => {
  const alg = 'RSA-OAEP-256';
  const keys = new Map(
    await Promise.all(
      privateKeys.map(async ({ kid, ...jwk }) => {
        const key = await importJWK(jwk, alg);
        return [kid, { key, openDataKey: createOpenDataKey(key) }] as const;
      }),
    ),
  );
  return async (sealed, about) => {
    const { kid, typ, sub, dek } = headerOf(sealed);
    if (kid === null) return { ok: false, reason: 'BROKEN', kid };
    const ours = keys.get(kid);
    if (!ours) return { ok: false, reason: 'UNKNOWN_KEY', kid };
    try {
      const [used, by] = typeof dek === 'string' ? [await ours.openDataKey(dek), 'dir'] : [ours.key, alg];
      const { plaintext } = await compactDecrypt(sealed, used, {
        keyManagementAlgorithms: [by],
        contentEncryptionAlgorithms: [enc],
      });
      if (typ !== about.type || sub !== about.subject) return { ok: false, reason: 'OTHER', kid };
      return { ok: true, text: Buffer.from(plaintext).toString() };
    } catch {
      return { ok: false, reason: 'BROKEN', kid };
    }
  };
};

type Said = {
  readonly kid: string | null;
  readonly typ?: unknown;
  readonly sub?: unknown;
  readonly dek?: unknown;
};

/** What it says of itself, not believed before it has opened. A kid that no key could have is none. */
const headerOf = (sealed: string): Said => {
  try {
    const { kid, ...said } = decodeProtectedHeader(sealed);
    return { ...said, kid: kid !== undefined && /^[\w-]{1,64}$/.test(kid) ? kid : null };
  } catch {
    return { kid: null };
  }
};
