/** Texts that travel past others: sealed with a recipient's public key, as a compact JWE, and bound to what they are about. */
import { CompactEncrypt, compactDecrypt, decodeProtectedHeader, importJWK } from 'jose';
import type { RecipientPrivateKey, RecipientPublicKey } from './recipient-keys.ts';

/** RSA makes no key for each text, as ECDH-ES does, and so seals in a third of the time. */
const alg = 'RSA-OAEP-256';
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

/** Seals with one key, which is read once. */
export const createSealFor = async (publicKey: RecipientPublicKey): Promise<SealFor> => {
  const key = await importJWK(publicKey, alg);
  const { kid } = publicKey;
  return (text, { type, subject }) =>
    new CompactEncrypt(Buffer.from(text))
      .setProtectedHeader({ alg, enc, kid, typ: type, sub: subject })
      .encrypt(key);
};

/** Opens what was sealed with any of the keys, which are read once. Never throws because of the text. */
export const createOpen = async (privateKeys: readonly RecipientPrivateKey[]): Promise<Open> => {
  const keys = new Map(
    await Promise.all(privateKeys.map(async (key) => [key.kid, await importJWK(key, alg)] as const)),
  );
  return async (sealed, about) => {
    const { kid, typ, sub } = headerOf(sealed);
    if (kid === null) return { ok: false, reason: 'BROKEN', kid };
    const key = keys.get(kid);
    if (!key) return { ok: false, reason: 'UNKNOWN_KEY', kid };
    try {
      const { plaintext } = await compactDecrypt(sealed, key, {
        keyManagementAlgorithms: [alg],
        contentEncryptionAlgorithms: [enc],
      });
      if (typ !== about.type || sub !== about.subject) return { ok: false, reason: 'OTHER', kid };
      return { ok: true, text: Buffer.from(plaintext).toString() };
    } catch {
      return { ok: false, reason: 'BROKEN', kid };
    }
  };
};

/** What it says of itself, not believed before it has opened. A kid that no key could have is none. */
const headerOf = (sealed: string): { kid: string | null; typ?: unknown; sub?: unknown } => {
  try {
    const { kid, ...said } = decodeProtectedHeader(sealed);
    return { ...said, kid: kid !== undefined && /^[\w-]{1,64}$/.test(kid) ? kid : null };
  } catch {
    return { kid: null };
  }
};
