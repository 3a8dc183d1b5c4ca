import {
  createLocalJWKSet,
  errors,
  type FlattenedJWSInput,
  type JSONWebKeySet,
  type JWSHeaderParameters,
} from 'jose';
import { request } from 'undici';
import { identityUnavailable } from '../errors.ts';
import type { Logger } from '../logger.ts';

const refreshAfterMs = 10 * 60_000;
const cooldownMs = 5_000;

type Options = {
  readonly fetchKeys: () => Promise<JSONWebKeySet>;
  readonly logger: Logger;
  readonly now?: () => number;
};

/** Fetches a JSON Web Key Set; throws when the answer is anything else. */
export const fetchKeySet = async (url: string): Promise<JSONWebKeySet> => {
  const { statusCode, body } = await request(url, { headersTimeout: 3_000, bodyTimeout: 3_000 });
  const text = await body.text();
  if (statusCode !== 200) throw new Error(`the key set answered with status ${statusCode}`);
  return JSON.parse(text) as JSONWebKeySet;
};

/**
 * The public keys of the issuer of access tokens: fetched when first needed, again after ten minutes or for a key id not
 * seen before (at most every five seconds), and kept when that fails. Where jose's own remote set forgets on error, this
 * one goes on with what it knows.
 */
export const createKeySet = ({ fetchKeys, logger, now = Date.now }: Options) => {
  let keys: ReturnType<typeof createLocalJWKSet> | undefined;
  let attemptedAt = Number.NEGATIVE_INFINITY;
  let loading: Promise<void> | undefined;

  const load = (): Promise<void> => {
    loading ??= (async () => {
      attemptedAt = now();
      try {
        keys = createLocalJWKSet(await fetchKeys());
      } catch (error) {
        logger.warn({ reason: String(error) }, 'the keys of access tokens could not be fetched');
      } finally {
        loading = undefined;
      }
    })();
    return loading;
  };

  const resolve = async (header: JWSHeaderParameters, token: FlattenedJWSInput) => {
    if (!keys) await load();
    if (!keys) throw identityUnavailable();
    if (now() - attemptedAt > refreshAfterMs) void load();
    try {
      return await keys(header, token);
    } catch (error) {
      const mayBeNew = error instanceof errors.JWKSNoMatchingKey && now() - attemptedAt >= cooldownMs;
      if (!mayBeNew) throw error;
      await load();
      return keys(header, token);
    }
  };

  return { load, resolve, isKnown: (): boolean => keys !== undefined };
};

export type KeySet = ReturnType<typeof createKeySet>;
