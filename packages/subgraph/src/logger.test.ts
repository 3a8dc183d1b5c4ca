import { withCause } from '@emporium/messaging';
import { describe, expect, it } from 'vitest';
import { createLogger } from './logger.ts';

describe('a line of the log', () => {
  const lines: string[] = [];
  const logger = createLogger('orders', 'info', { write: (line) => void lines.push(line) });
  const written = () => JSON.parse(lines.splice(0).join('')) as Record<string, unknown>;

  it('names the request and the trace that it belongs to', () => {
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const cause = { requestId: 'r1', traceparent: `00-${traceId}-b7ad6b7169203331-01` };
    withCause(cause, () => logger.info('something happened'));
    expect(written()).toMatchObject({ service: 'orders', level: 'info', requestId: 'r1', traceId });
  });

  it('names none where there is none', () => {
    logger.info('something happened');
    expect(Object.keys(written())).toEqual(['level', 'time', 'service', 'msg']);
  });

  it('holds no token', () => {
    logger.info({ token: 'secret', card: { token: 'secret' } }, 'something happened');
    expect(written()).toMatchObject({ card: {} });
  });
});
