import { getOperationAST, parse } from 'graphql';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createMetrics } from '../metrics.ts';
import { createRateLimits } from './rate-limits.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance', 'setTimeout'] }));
afterEach(() => void vi.useRealTimers());

it('turns away at once whoever would wait too long for their turn', async () => {
  const limits = createRateLimits({
    perMinute: { requests: 0, operations: 0, strictFields: 5 },
    strictFields: ['signIn'],
    mostStrictFields: 5,
    strictFieldsIntervalMs: 5_000,
    redis: null,
    metrics: createMetrics(),
  });
  const document = parse('mutation { signIn }');
  const operation = getOperationAST(document);
  if (!operation) throw new Error('a document without an operation');
  const ask = async (address: string): Promise<string> => {
    const viewer = { id: null, roles: [], address };
    return limits.ofStrictFields(document, operation, viewer as never)?.then(
      () => 'BEGUN',
      ({ extensions }) => extensions.code,
    ) as Promise<string>;
  };
  const waiting = ['203.0.113.1', '203.0.113.2', '203.0.113.3'].map(ask);
  expect(await ask('203.0.113.4')).toBe('OVERLOADED');
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await Promise.all(waiting)).toEqual(['BEGUN', 'BEGUN', 'BEGUN']);
  limits.stop();
});
