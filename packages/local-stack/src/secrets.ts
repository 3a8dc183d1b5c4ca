import { type JsonWebKey, randomBytes, randomUUID } from 'node:crypto';
import { type RolePasswords, randomPassword, randomPasswords } from '@emporium/database';
import { type NatsPasswords, randomNatsPasswords } from './nats/nats-accounts.ts';
import { newPrivateJwk } from './new-private-jwk.ts';
import { readJson, writePrivateJson } from './private-file.ts';

/** A private Ed25519 key as a JSON Web Key, with the id by which its tokens name it. */
export type SigningKey = JsonWebKey & { kid: string };

/** Everything secret of one stack: made once, kept beside its data. */
export type Secrets = {
  version: 1;
  postgres: string;
  roles: RolePasswords;
  nats: NatsPasswords;
  redis: string;
  /** Signs access tokens; known to users only. */
  accessTokenKey: SigningKey;
  /** Signs what the gateway says to subgraphs. */
  internalKey: SigningKey;
  /** Seals what users keeps of people that the database is not to show. */
  dataKey: DataKey;
  /** Seals what payments keeps of their cards. */
  paymentsDataKey: DataKey;
  /** Opens the cards' tokens that orders hands on; known to payments only, and its public part to orders. */
  cardTokenKey: RecipientKey;
};

/** 32 random bytes as an `oct` JSON Web Key. */
export type DataKey = { kty: 'oct'; kid: string; k: string };

/** A private RSA key as a JSON Web Key, with the id by which what is sealed for it names it. */
export type RecipientKey = JsonWebKey & { kid: string };

/** A fresh key. */
export const signingKey = (): SigningKey => ({
  ...newPrivateJwk('Ed25519'),
  alg: 'EdDSA',
  use: 'sig',
  kid: randomUUID(),
});

/** A fresh key that others seal for. */
export const recipientKey = (): RecipientKey => ({
  ...newPrivateJwk('RSA-2048'),
  alg: 'RSA-OAEP-256',
  use: 'enc',
  kid: randomUUID(),
});

/** What others need to seal for it. */
export const publicHalf = (key: RecipientKey): RecipientKey => {
  const { d: _d, p: _p, q: _q, dp: _dp, dq: _dq, qi: _qi, ...publicKey } = key;
  return publicKey;
};

/** A fresh key for data at rest. */
export const dataKey = (): DataKey => ({
  kty: 'oct',
  kid: randomUUID(),
  k: randomBytes(32).toString('base64url'),
});

/** What others need to check the key's signatures: a JSON Web Key Set without the private part. */
export const publicKeySet = ({ d: _private, ...publicKey }: SigningKey): { keys: JsonWebKey[] } => ({
  keys: [publicKey],
});

const isWhole = (kept: Partial<Secrets> | undefined): kept is Secrets =>
  kept?.version === 1 &&
  kept.dataKey !== undefined &&
  kept.paymentsDataKey !== undefined &&
  kept.cardTokenKey !== undefined;

/** The stack's secrets, made on its first start. */
export const loadSecrets = (file: string): Secrets => {
  const kept = readJson<Partial<Secrets>>(file);
  if (isWhole(kept)) return kept;
  const made: Secrets = {
    version: 1,
    postgres: randomPassword(),
    roles: randomPasswords(),
    nats: randomNatsPasswords(),
    redis: randomPassword(),
    accessTokenKey: signingKey(),
    internalKey: signingKey(),
    dataKey: dataKey(),
    paymentsDataKey: dataKey(),
    cardTokenKey: recipientKey(),
    // A stack of before, which has fewer.
    ...(kept?.version === 1 && kept),
  };
  writePrivateJson(file, made);
  return made;
};
