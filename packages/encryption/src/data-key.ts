/** Keys that seal many texts, themselves sealed for their recipient as a compact JWE. */
import { CompactEncrypt, compactDecrypt, importJWK } from 'jose';
import type { RecipientPublicKey } from './recipient-keys.ts';

/** RSA makes no key for each text, as ECDH-ES does, and so seals in a third of the time. */
const alg = 'RSA-OAEP-256';
const enc = 'A256GCM';
/** No other sealed text is taken for a key. */
const typ = 'data-key';

export const createSealDataKey = async (
  publicKey: RecipientPublicKey,
): Promise<(dataKey: Uint8Array) => Promise<string>> => {
  const key = await importJWK(publicKey, alg);
  const { kid } = publicKey;
  return (dataKey) => new CompactEncrypt(dataKey).setProtectedHeader({ alg, enc, kid, typ }).encrypt(key);
};

type PrivateKey = Awaited<ReturnType<typeof importJWK>>;

/** More than a recipient hears of senders at a time. */
const remembered = 100;

/** Opens each once, however many texts come with it at a time; rejects for what is no key, and forgets that. */
export const createOpenDataKey = (key: PrivateKey): ((sealed: string) => Promise<Uint8Array>) => {
  const opened = new Map<string, Promise<Uint8Array>>();
  return (sealed) => {
    const known = opened.get(sealed);
    if (known) return known;
    const opening = open(sealed, key).catch((error: unknown) => {
      opened.delete(sealed);
      throw error;
    });
    opened.set(sealed, opening);
    const [oldest] = opened.keys();
    if (opened.size > remembered && oldest !== undefined) opened.delete(oldest);
    return opening;
  };
};

const open = async (sealed: string, key: PrivateKey): Promise<Uint8Array> => {
  const { plaintext, protectedHeader } = await compactDecrypt(sealed, key, {
    keyManagementAlgorithms: [alg],
    contentEncryptionAlgorithms: [enc],
  });
  if (protectedHeader.typ !== typ) throw new TypeError('a sealed text that is no data key');
  return plaintext;
};
