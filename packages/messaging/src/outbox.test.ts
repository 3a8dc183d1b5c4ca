import { describe, expect, it, vi } from 'vitest';
import { appendToOutbox } from './outbox.ts';

const message = (text: string) => ({
  id: 'e1',
  subject: 'emporium.products.variants-changed.v1',
  aggregateId: 'v1',
  envelope: { id: 'e1', occurredAt: '2026-01-02T03:04:05.678Z', correlationId: 'v1', payload: { text } },
});
const database = () => ({ $queryRawUnsafe: vi.fn(), $executeRawUnsafe: vi.fn(async () => 1) });

describe('the outbox', () => {
  it('takes all messages in one statement', async () => {
    const sql = database();
    await appendToOutbox(sql, [message('a'), message('b')]);
    expect(sql.$executeRawUnsafe).toHaveBeenCalledOnce();
  });
  it('asks nothing of the database for nothing', async () => {
    const sql = database();
    await appendToOutbox(sql, []);
    expect(sql.$executeRawUnsafe).not.toHaveBeenCalled();
  });
  it('refuses what no broker would take', async () => {
    const sql = database();
    await expect(appendToOutbox(sql, [message('x'.repeat(1_000_000))])).rejects.toThrow(RangeError);
    expect(sql.$executeRawUnsafe).not.toHaveBeenCalled();
  });
});
