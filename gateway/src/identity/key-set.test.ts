import { testKey } from '@emporium/testing';
import { type JSONWebKeySet, jwtVerify, SignJWT } from 'jose';
import { pino } from 'pino';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createKeySet } from './key-set.ts';

const makeKey = async (kid: string) => {
  const { secret, open } = testKey(kid);
  const token = await new SignJWT({}).setProtectedHeader({ alg: 'EdDSA', kid }).sign(secret);
  return { token, jwk: open };
};

let now: number;
beforeEach(() => {
  now = 0;
});
const keySet = (fetchKeys: () => Promise<JSONWebKeySet>) =>
  createKeySet({ fetchKeys, logger: pino({ level: 'silent' }), now: () => now });

describe('the key set', () => {
  it('is fetched when first needed, once', async () => {
    const { token, jwk } = await makeKey('a');
    const fetchKeys = vi.fn(async () => ({ keys: [jwk] }));
    const keys = keySet(fetchKeys);
    expect([fetchKeys.mock.calls.length, keys.isKnown()]).toEqual([0, false]);
    await Promise.all([jwtVerify(token, keys.resolve), jwtVerify(token, keys.resolve)]);
    await jwtVerify(token, keys.resolve);
    expect([fetchKeys.mock.calls.length, keys.isKnown()]).toEqual([1, true]);
  });

  it('is kept when it cannot be fetched again', async () => {
    const { token, jwk } = await makeKey('a');
    const fetchKeys = vi.fn(async (): Promise<JSONWebKeySet> => ({ keys: [jwk] }));
    const keys = keySet(fetchKeys);
    await keys.load();
    fetchKeys.mockRejectedValue(new Error('down'));
    now += 11 * 60_000;
    await jwtVerify(token, keys.resolve);
    expect(fetchKeys).toHaveBeenCalledTimes(2);
    await jwtVerify(token, keys.resolve);
  });

  it('is fetched again for a key not seen before, but not at everyone’s whim', async () => {
    const [old, young, forged] = await Promise.all([makeKey('a'), makeKey('b'), makeKey('c')]);
    const fetchKeys = vi.fn(async () => ({ keys: [old.jwk] }));
    const keys = keySet(fetchKeys);
    await jwtVerify(old.token, keys.resolve);
    fetchKeys.mockResolvedValue({ keys: [old.jwk, young.jwk] });
    await expect(jwtVerify(young.token, keys.resolve)).rejects.toThrow();
    now += 5_000;
    await jwtVerify(young.token, keys.resolve);
    for (let i = 0; i < 5; i += 1) await expect(jwtVerify(forged.token, keys.resolve)).rejects.toThrow();
    expect(fetchKeys).toHaveBeenCalledTimes(2);
  });

  it('that was never had is no reason to call a token bad', async () => {
    const { token } = await makeKey('a');
    const keys = keySet(() => Promise.reject(new Error('down')));
    await expect(jwtVerify(token, keys.resolve)).rejects.toMatchObject({
      extensions: { code: 'IDENTITY_UNAVAILABLE' },
    });
  });
});
