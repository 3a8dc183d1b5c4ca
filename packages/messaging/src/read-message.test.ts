import { orderConfirmed } from '@emporium/contracts';
import { describe, expect, it } from 'vitest';
import { readMessage } from './read-message.ts';

const envelope = {
  id: 'e1',
  occurredAt: '2026-01-02T03:04:05.678Z',
  correlationId: 'o1',
  payload: { orderId: 'o1' },
};
const read = (text: string, id?: string) =>
  readMessage(orderConfirmed, { id, subject: orderConfirmed.subject, sequence: 7, text });

describe('a message that is read', () => {
  it('yields the event, and what travelled', () => {
    const answer = read(JSON.stringify(envelope));
    expect(answer).toMatchObject({
      ok: true,
      message: { envelope, received: { payload: { orderId: 'o1' } } },
    });
  });
  it.each([
    ['its own id', JSON.stringify({ id: 'e2' }), 'm1', 'e2'],
    ['its message id', 'not json', 'm1', 'm1'],
    ['its place in the stream', '[]', undefined, `${orderConfirmed.subject}#7`],
  ])('is known by %s when it is malformed', (_by, text, id, eventId) => {
    expect(read(text, id)).toMatchObject({ ok: false, malformed: { eventId } });
  });
  it.each(['not json', '{"id":"\\u0000"}', '{"id":"\\ud800"}'])(
    'is kept as bytes where jsonb would not take it: %s',
    (text) => {
      expect(read(text)).toMatchObject({
        ok: false,
        malformed: { envelope: { base64: Buffer.from(text).toString('base64') } },
      });
    },
  );
});
