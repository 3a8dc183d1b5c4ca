import { appendFileSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type CardSandboxOptions, createCardSandbox } from './card-sandbox.ts';

let endings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0)) await end();
});

const start = async (options: CardSandboxOptions = {}) => {
  const sandbox = await createCardSandbox({ slowMs: 50, ...options });
  endings = [...endings, sandbox.stop];
  const answered = async (response: Response) => ({
    status: response.status,
    body: (await response.json()) as Record<string, unknown>,
  });
  return {
    ...sandbox,
    get: async (where: string) => answered(await fetch(sandbox.url + where)),
    post: async (where: string, key: string | undefined, body: unknown, signal?: AbortSignal) =>
      answered(
        await fetch(sandbox.url + where, {
          method: 'POST',
          headers: key === undefined ? {} : { 'idempotency-key': key },
          body: typeof body === 'string' ? body : JSON.stringify(body),
          ...(signal && { signal }),
        }),
      ),
  };
};
const pounds = (minor: string) => ({ minor, currency: 'GBP' });
const order = (token: string, minor = '1250') => ({ amount: pounds(minor), token, reference: 'o1' });

describe('a capture', () => {
  it('takes the money once per key, and answers the same again', async () => {
    const { post, get } = await start();
    const first = await post('/v1/captures', 'k1', order('tok_ok'));
    expect(first).toMatchObject({
      status: 201,
      body: { id: expect.stringMatching(/^cap_/), status: 'CAPTURED', amount: pounds('1250') },
    });
    expect(await post('/v1/captures', 'k1', order('tok_ok'))).toEqual(first);
    expect((await get('/v1/report')).body.movements).toHaveLength(1);
  });

  it('of ten at the same moment is still one', async () => {
    const { post, get } = await start();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => post('/v1/captures', 'k1', order('tok_ok'))),
    );
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect((await get('/v1/report')).body.movements).toHaveLength(1);
  });

  it('refuses a key that comes with another request', async () => {
    const { post } = await start();
    await post('/v1/captures', 'k1', order('tok_ok'));
    for (const other of [order('tok_ok', '1251'), order('tok_slow')]) {
      expect(await post('/v1/captures', 'k1', other)).toMatchObject({
        status: 409,
        body: { error: { code: 'IDEMPOTENCY_KEY_REUSED' } },
      });
    }
    expect((await post('/v1/payouts', 'k1', { amount: pounds('1'), reference: 'o1' })).status).toBe(409);
  });

  it.each([
    ['tok_declined', 'CARD_DECLINED'],
    ['tok_of_somebody', 'INVALID_TOKEN'],
    ['', 'INVALID_TOKEN'],
  ])('with the token "%s" is declined: %s', async (token, reason) => {
    const { post, get } = await start();
    const declined = await post('/v1/captures', 'k1', order(token));
    expect(declined).toMatchObject({ status: 402, body: { status: 'DECLINED', reason } });
    expect(await post('/v1/captures', 'k1', order(token))).toEqual(declined);
    expect((await get('/v1/captures?idempotencyKey=k1')).body).toEqual(declined.body);
    expect((await get('/v1/report')).body).toEqual({ movements: [] });
  });

  it('may be slow, and is found meanwhile', async () => {
    const { post, get } = await start({ slowMs: 300 });
    let answered = false;
    const slow = post('/v1/captures', 'k1', order('tok_slow')).finally(() => {
      answered = true;
    });
    await expect.poll(async () => (await get('/v1/captures?idempotencyKey=k1')).status).toBe(200);
    expect(answered).toBe(false);
    expect((await slow).status).toBe(201);
  });

  it('may never be answered though the money is taken: a lookup finds it', async () => {
    const { post, get } = await start();
    const impatient = AbortSignal.timeout(200);
    await expect(post('/v1/captures', 'k1', order('tok_timeout'), impatient)).rejects.toThrow();
    expect(await get('/v1/captures?idempotencyKey=k1')).toMatchObject({
      status: 200,
      body: { status: 'CAPTURED' },
    });
  });

  it('may fail before it succeeds', async () => {
    const { post, get } = await start({ errorsPerKey: 2 });
    for (let attempt = 0; attempt < 2; attempt += 1) {
      expect((await post('/v1/captures', 'k1', order('tok_error'))).status).toBe(500);
      expect((await get('/v1/captures?idempotencyKey=k1')).status).toBe(404);
    }
    expect((await post('/v1/captures', 'k1', order('tok_error'))).status).toBe(201);
  });
});

describe('a card whose bank asks its owner', () => {
  const asked = async (options: CardSandboxOptions = {}) => {
    const sandbox = await start(options);
    const first = await sandbox.post('/v1/captures', 'k1', order('tok_3ds'));
    const url = String(first.body.url);
    const say = async (owner: string) => (await fetch(`${url}&owner=${owner}`, { method: 'POST' })).status;
    const found = async () => (await sandbox.get('/v1/captures?idempotencyKey=k1')).body.status;
    return { ...sandbox, first, url, say, found };
  };

  it('is captured once its owner has agreed and it is asked for again, also after a restart', async () => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'card-sandbox-')), 'ledger.jsonl');
    const { first, post, say, found, stop } = await asked({ file });
    expect(first).toMatchObject({ status: 202, body: { status: 'ACTION_REQUIRED' } });
    expect(await post('/v1/captures', 'k1', order('tok_3ds'))).toEqual(first);
    expect((await post('/v1/captures', 'k1', order('tok_3ds', '1'))).status).toBe(409);
    expect(await found()).toBe('ACTION_REQUIRED');
    expect([await say('yes'), await say('no')]).toEqual([200, 409]);
    expect(await found()).toBe('AUTHORISED');
    await stop();
    const after = await start({ file });
    expect((await after.get('/v1/report')).body.movements).toEqual([]);
    expect((await after.post('/v1/captures', 'k1', order('tok_3ds'))).body.status).toBe('CAPTURED');
    expect((await after.get('/v1/report')).body.movements).toHaveLength(1);
  });

  it('is declined when somebody says that they are not', async () => {
    const { say, found, post } = await asked();
    expect([await say('no'), await say('yes')]).toEqual([200, 409]);
    expect(await found()).toBe('DECLINED');
    expect((await post('/v1/captures', 'k1', order('tok_3ds'))).status).toBe(402);
  });

  it('is asked where it is said that the sandbox is, and nowhere else', async () => {
    const { url, get } = await asked({ publicUrl: 'http://cards.test' });
    expect(url).toMatch(/^http:\/\/cards\.test\/challenges\?id=chl_/);
    expect((await get('/challenges?id=k1-of-somebody')).status).toBe(404);
  });
});

describe('a refund', () => {
  const captured = async () => {
    const sandbox = await start();
    const { body } = await sandbox.post('/v1/captures', 'k1', order('tok_ok', '1000'));
    const captureId = String(body.id);
    const refund = (key: string, minor: string, currency = 'GBP') =>
      sandbox.post('/v1/refunds', key, { captureId, amount: { minor, currency } });
    return { ...sandbox, captureId, refund };
  };

  it('gives back, once per key, never more than was taken', async () => {
    const { refund, get } = await captured();
    const first = await refund('r1', '600');
    expect(first).toMatchObject({ status: 201, body: { status: 'REFUNDED' } });
    expect(await refund('r1', '600')).toEqual(first);
    expect(await refund('r2', '401')).toMatchObject({
      status: 422,
      body: { error: { code: 'EXCEEDS_CAPTURED', message: expect.stringContaining('400') } },
    });
    expect((await refund('r2', '400')).status).toBe(201);
    expect((await refund('r3', '1')).status).toBe(422);
    expect((await get('/v1/report')).body.movements).toHaveLength(3);
  });

  it('is in the capture’s currency', async () => {
    const { refund } = await captured();
    expect((await refund('r1', '1', 'USD')).body).toMatchObject({ error: { code: 'CURRENCY_MISMATCH' } });
  });

  it('of what was never captured is not found', async () => {
    const { post } = await start();
    const { body } = await post('/v1/captures', 'k1', order('tok_declined'));
    for (const captureId of ['cap_unknown', body.id]) {
      const refund = await post('/v1/refunds', 'r1', { captureId, amount: pounds('1') });
      expect(refund).toMatchObject({ status: 404, body: { error: { code: 'NOT_FOUND' } } });
    }
  });
});

describe('a payout', () => {
  it('is made once per key', async () => {
    const { post, get } = await start();
    const payout = { amount: pounds('700'), reference: 'w1' };
    const first = await post('/v1/payouts', 'p1', payout);
    expect(first).toMatchObject({ status: 201, body: { status: 'PAID' } });
    expect(await post('/v1/payouts', 'p1', payout)).toEqual(first);
    expect((await get('/v1/report')).body).toMatchObject({
      movements: [{ kind: 'PAYOUT', idempotencyKey: 'p1', reference: 'w1', amount: pounds('700') }],
    });
  });
});

describe('bad input', () => {
  it.each([
    ['no key', undefined, order('tok_ok'), 'IDEMPOTENCY_KEY_MISSING'],
    ['no JSON', 'k1', '{', 'INVALID_JSON'],
    ['no body', 'k1', '', 'INVALID_REQUEST'],
    ['nothing to take', 'k1', order('tok_ok', '0'), 'INVALID_REQUEST'],
    ['less than nothing', 'k1', order('tok_ok', '-5'), 'INVALID_REQUEST'],
    ['half a penny', 'k1', order('tok_ok', '1.5'), 'INVALID_REQUEST'],
    ['no reference', 'k1', { ...order('tok_ok'), reference: undefined }, 'INVALID_REQUEST'],
  ])('is refused with its code: %s', async (_what, key, body, code) => {
    const { post, get } = await start();
    expect(await post('/v1/captures', key, body)).toMatchObject({ status: 400, body: { error: { code } } });
    expect((await get('/v1/report')).body).toEqual({ movements: [] });
  });
  it('of a megabyte is too large', async () => {
    const { post } = await start();
    expect((await post('/v1/captures', 'k1', 'x'.repeat(1_000_000))).status).toBe(413);
  });
  it('at an unknown path is not found', async () => {
    const { get } = await start();
    expect(await get('/v2/captures')).toMatchObject({
      status: 404,
      body: { error: { code: 'NOT_FOUND' } },
    });
  });
});

describe('the sandbox', () => {
  it('is alive and ready', async () => {
    const { get } = await start();
    expect((await get('/health/live')).status).toBe(200);
    expect((await get('/health/ready')).status).toBe(200);
  });

  it('forgets nothing over a restart, even one that came in mid-write', async () => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'card-sandbox-')), 'ledger.jsonl');
    const before = await start({ file });
    const capture = await before.post('/v1/captures', 'k1', order('tok_ok'));
    await before.post('/v1/refunds', 'r1', { captureId: capture.body.id, amount: pounds('50') });
    await before.post('/v1/captures', 'k2', order('tok_error'));
    await before.stop();
    appendFileSync(file, '{"kind":"CAPTURE","key":"cut');

    const after = await start({ file });
    expect(await after.post('/v1/captures', 'k1', order('tok_ok'))).toEqual(capture);
    expect((await after.post('/v1/captures', 'k2', order('tok_error'))).status).toBe(201);
    const refund = { captureId: capture.body.id, amount: pounds('1201') };
    expect((await after.post('/v1/refunds', 'r2', refund)).status).toBe(422);
    expect((await after.get('/v1/report')).body.movements).toHaveLength(3);
    expect(readFileSync(file, 'utf8')).not.toContain('tok_');
  });
});

describe('a card that is kept', () => {
  const save = (token: string) => ({ token });

  it('is kept once per key, with what may be shown of it, and found by the key', async () => {
    const { post, get } = await start();
    const first = await post('/v1/payment-methods', 'm1', save('tok_ok'));
    expect(first).toMatchObject({
      status: 201,
      body: {
        ...{ id: expect.stringMatching(/^pm_sandbox_/), status: 'ACTIVE' },
        ...{ brand: 'visa', last4: '4242', expiryMonth: 12, expiryYear: 2099 },
      },
    });
    expect(await post('/v1/payment-methods', 'm1', save('tok_ok'))).toEqual(first);
    expect(await get('/v1/payment-methods?idempotencyKey=m1')).toEqual({ ...first, status: 200 });
    expect((await post('/v1/payment-methods', 'm1', save('tok_slow'))).status).toBe(409);
    expect(JSON.stringify(first)).not.toContain('tok_ok');
    expect((await get('/v1/report')).body.movements).toEqual([]);
  });

  it.each([
    ['tok_ok', 201, undefined],
    ['tok_declined', 402, 'CARD_DECLINED'],
    ['tok_expired', 402, 'EXPIRED_CARD'],
  ])('of %s pays as that does, again and again', async (token, status, reason) => {
    const { post } = await start();
    const { body } = await post('/v1/payment-methods', 'm1', save(token));
    for (const key of ['k1', 'k2']) {
      const answer = await post('/v1/captures', key, order(String(body.id)));
      expect([answer.status, answer.body.reason]).toEqual([status, reason]);
    }
  });

  it('is none of a token that nobody knows', async () => {
    const { post } = await start();
    expect(await post('/v1/payment-methods', 'm1', save('nonsense'))).toMatchObject({
      status: 402,
      body: { status: 'DECLINED', reason: 'INVALID_TOKEN' },
    });
  });

  it('is kept though the answer never comes', async () => {
    const { post, get } = await start();
    const patience = AbortSignal.timeout(100);
    await expect(post('/v1/payment-methods', 'm1', save('tok_timeout'), patience)).rejects.toThrow();
    expect((await get('/v1/payment-methods?idempotencyKey=m1')).body.status).toBe('ACTIVE');
  });

  it('pays no more once it is removed, also after a restart', async () => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'sandbox-')), 'ledger.jsonl');
    const before = await start({ file });
    const { body } = await before.post('/v1/payment-methods', 'm1', save('tok_ok'));
    const remove = async () =>
      (await before.post('/v1/payment-method-removals', undefined, { id: body.id })).status;
    expect([await remove(), await remove()]).toEqual([200, 200]);
    await before.stop();
    const after = await start({ file });
    const { body: capture } = await after.post('/v1/captures', 'k1', order(String(body.id)));
    expect(capture).toMatchObject({ status: 'DECLINED', reason: 'INVALID_TOKEN' });
  });
});
