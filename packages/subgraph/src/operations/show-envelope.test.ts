import { describe, expect, it } from 'vitest';
import { showEnvelope } from './show-envelope.ts';

describe('an envelope, as an operator sees it', () => {
  it('says what it follows from', () =>
    expect(
      showEnvelope({ id: 'e1', correlationId: 'c1', causationId: 'e0', traceparent: '00-1', payload: {} }),
    ).toMatchObject({ correlationId: 'c1', causationId: 'e0', traceparent: '00-1' }));

  it('hides tokens, however deep they are', () => {
    const { envelope } = showEnvelope({
      payload: { orderId: 'o1', token: 'tok_ok', tries: [{ accessToken: 'tok_2' }, { password: 'p' }] },
    });
    expect(envelope).not.toMatch(/tok_|"p"/);
    expect(JSON.parse(envelope ?? '')).toEqual({
      payload: {
        orderId: 'o1',
        token: '(hidden)',
        tries: [{ accessToken: '(hidden)' }, { password: '(hidden)' }],
      },
    });
  });

  it.each([null, 'text', { base64: 'dG9rX29r' }])('shows nothing of %j, which is no message', (envelope) =>
    expect(showEnvelope(envelope)).toEqual({
      envelope: null,
      correlationId: null,
      causationId: null,
      traceparent: null,
    }),
  );
});
