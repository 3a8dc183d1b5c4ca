import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  type KeyObject,
  randomBytes,
} from 'node:crypto';

/** A key for data at rest: 32 bytes, base64url, as an `oct` JSON Web Key. */
export type DataKey = { readonly kty: 'oct'; readonly kid: string; readonly k: string };

/**
 * Keeps text so that only who has the key can read it, and only where it was put. `place` names the row and the column: what is
 * copied to another place cannot be opened there.
 */
export type Seal = {
  seal(text: string, place: string): string;
  /** Throws when the text was sealed with a key that is not known, for another place, or was changed. */
  open(sealed: string, place: string): string;
};

const cipher = 'aes-256-gcm';
/** Bytes: what GCM takes as it is, and the whole of its tag. */
const nonceLength = 12;
const tagLength = 16;
const version = 's1';

/** Seals with the first key, and opens what any of them has sealed: `s1.<kid>.<nonce, text and tag in base64url>`. */
export const createSeal = (keys: readonly DataKey[]): Seal => {
  const secrets = new Map(keys.map(({ kid, k }) => [kid, createSecretKey(k, 'base64url')]));
  const [current] = keys;
  if (!current) throw new Error('there is no key to seal with');
  const secretOf = (kid: string): KeyObject => {
    const secret = secrets.get(kid);
    if (!secret) throw new Error(`the key ${kid} is not known`);
    return secret;
  };
  return {
    seal: (text, place) => {
      const nonce = randomBytes(nonceLength);
      const sealing = createCipheriv(cipher, secretOf(current.kid), nonce).setAAD(
        bound(current.kid, place),
      );
      const parts = [nonce, sealing.update(text, 'utf8'), sealing.final(), sealing.getAuthTag()];
      return `${version}.${current.kid}.${Buffer.concat(parts).toString('base64url')}`;
    },
    open: (sealed, place) => {
      const { kid, bytes } = read(sealed);
      const opening = createDecipheriv(cipher, secretOf(kid), bytes.subarray(0, nonceLength), {
        authTagLength: tagLength,
      })
        .setAAD(bound(kid, place))
        .setAuthTag(bytes.subarray(-tagLength));
      const text = bytes.subarray(nonceLength, -tagLength);
      return Buffer.concat([opening.update(text), opening.final()]).toString('utf8');
    },
  };
};

const bound = (kid: string, place: string): Buffer => Buffer.from(`${version}\n${kid}\n${place}`);

const read = (sealed: string): { kid: string; bytes: Buffer } => {
  const [form, kid = '', text = '', ...more] = sealed.split('.');
  const bytes = Buffer.from(text, 'base64url');
  if (form !== version || more.length > 0 || bytes.length < nonceLength + tagLength)
    throw new Error('that is no sealed text');
  return { kid, bytes };
};
