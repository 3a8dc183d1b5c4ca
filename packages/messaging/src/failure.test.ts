import { orderConfirmed } from '@emporium/contracts';
import { describe, expect, it } from 'vitest';
import { kindOfFailure, reasonOf } from './failure.ts';

const failing = (more: object, message = 'it failed') => Object.assign(new Error(message), more);

/** As Prisma wraps what its driver says about a raw query. */
const fromDriver = (originalCode: string) =>
  failing({ code: 'P2010', meta: { driverAdapterError: { cause: { originalCode, kind: 'postgres' } } } });

describe('a failure', () => {
  it.each([
    ['a refused connection', failing({ code: 'ECONNREFUSED' })],
    ['every address refused', new AggregateError([failing({ code: 'ECONNREFUSED' })])],
    ['Prisma finding no server', failing({ errorCode: 'P1001' })],
    ['Prisma’s pool being empty', failing({ code: 'P2024' })],
    [
      'Prisma getting no transaction',
      failing({ code: 'P2028' }, 'Unable to start a transaction in the given time.'),
    ],
    ['the server shutting down', fromDriver('57P01')],
    ['a connection exception', fromDriver('08006')],
    ['too many clients', failing({ code: '53300' })],
    ['a connection cut in mid-query', new Error('Connection terminated unexpectedly')],
    ['a wrapped one', new Error('could not save', { cause: failing({ code: '57P03' }) })],
  ])('is an outage: %s', (_what, error) => expect(kindOfFailure(error)).toBe('outage'));

  it.each([
    ['a write conflict', failing({ code: 'P2034' })],
    ['a serialization failure', fromDriver('40001')],
    ['a deadlock', failing({ code: '40P01' })],
    ['a stale version', failing({ name: 'ConcurrencyError' })],
  ])('is a conflict: %s', (_what, error) => expect(kindOfFailure(error)).toBe('conflict'));

  it.each([
    ['a bug', new TypeError('undefined is not a function')],
    ['a broken constraint', fromDriver('23514')],
    ['a transaction that took too long', failing({ code: 'P2028' }, 'Transaction already closed')],
    ['no error at all', 'oops'],
    ['nothing', undefined],
  ])('is the handler’s own: %s', (_what, error) => expect(kindOfFailure(error)).toBe('failure'));

  it('is understood although it causes itself', () => {
    const error = new Error('round');
    error.cause = error;
    expect(kindOfFailure(error)).toBe('failure');
  });
});

describe('the reason that an administrator reads', () => {
  it('is Prisma’s last line, not its source code', () => {
    const message =
      '\nInvalid `prisma.order.create()` invocation in\n/srv/orders.ts:3:7\n\nForeign key violated';
    expect(reasonOf(new Error(message))).toBe('Error: Foreign key violated');
  });
  it('names the field that breaks the contract', () => {
    const { error } = orderConfirmed.payload.safeParse({ orderId: 7 });
    expect(reasonOf(error)).toMatch(/^ZodError: orderId: /);
  });
  it('holds no credentials', () => {
    expect(reasonOf(new Error('cannot reach nats://orders:secret@host:4222'))).toBe(
      'Error: cannot reach nats://***@host:4222',
    );
  });
  it('is short', () => expect(reasonOf(new Error('x'.repeat(9_000))).length).toBe(500));
  it('is given for what is not an error', () => expect(reasonOf('oops')).toContain('not an error'));
});
