import { verify } from '@node-rs/argon2';
import { describe, expect, it } from 'vitest';
import { createArgon2Hasher } from './argon2-hasher.ts';

describe('a hasher of passwords', () => {
  it('makes argon2id with 19 MiB, two passes, one lane', async () => {
    const hash = await createArgon2Hasher().hash('correct horse battery');
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await verify(hash, 'correct horse battery')).toBe(true);
  });

  it('knows the password again, and no other', async () => {
    const hasher = createArgon2Hasher();
    const hash = await hasher.hash('𝔘𝔫𝔦𝔠𝔬𝔡𝔢 語');
    expect(await hasher.matches('𝔘𝔫𝔦𝔠𝔬𝔡𝔢 語', hash)).toBe(true);
    expect(await hasher.matches('𝔘𝔫𝔦𝔠𝔬𝔡𝔢 誤', hash)).toBe(false);
  });

  it('answers false where there is no account, even to the password that stands in', async () => {
    expect(await createArgon2Hasher().matches('the password of nobody', null)).toBe(false);
  });

  it('lives on after a hash that is none', async () => {
    const hasher = createArgon2Hasher({ processes: 1 });
    await expect(hasher.matches('password', 'no hash')).rejects.toThrow();
    expect(await hasher.matches('password', null)).toBe(false);
  });

  it('says BUSY at once to whoever would wait too long, and serves all others', async () => {
    const hasher = createArgon2Hasher({ processes: 1, longestWaitSeconds: 0.5 });
    const attempts = await Promise.allSettled(
      Array.from({ length: 40 }, () => hasher.matches('password', null)),
    );
    const refused = attempts.flatMap((attempt) => (attempt.status === 'rejected' ? [attempt.reason] : []));
    expect(refused.length).toBeGreaterThan(20);
    expect(refused[0]).toMatchObject({ extensions: { code: 'BUSY', retryAfter: 1 } });
    expect(await hasher.matches('password', null)).toBe(false);
  });
});
