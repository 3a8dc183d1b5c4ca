import { buildSchema, type ExecutionResult, execute, GraphQLError, parse } from 'graphql';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Logger } from '../logger.ts';
import { badUserInput } from './errors.ts';
import { maskError } from './mask-error.ts';

const [error, warn] = [vi.fn(), vi.fn()];
const logger = { error, warn } as unknown as Logger;
const schema = buildSchema(
  'enum Colour { RED } type Query { value: Int colour: Colour sure: Int! echo(n: Int! = 1): Int }',
);

const run = async (
  source: string,
  rootValue: object = {},
  variableValues: Record<string, unknown> = {},
) => {
  const { errors = [] } = (await execute({
    schema,
    document: parse(source),
    rootValue,
    variableValues,
  })) as ExecutionResult;
  return errors.map((each) => maskError(each, logger).toJSON());
};

beforeEach(() => {
  error.mockReset();
  warn.mockReset();
});

describe('an error', () => {
  it('thrown on purpose reaches the client as it is', async () => {
    const value = () => {
      throw badUserInput('Not that.', 'value');
    };
    expect(await run('{ value }', { value })).toMatchObject([
      { message: 'Not that.', path: ['value'], extensions: { code: 'BAD_USER_INPUT', field: 'value' } },
    ]);
    expect(error).not.toHaveBeenCalled();
  });

  it.each([
    ['a bug', new TypeError('reading password of undefined')],
    ['a database that tells its URL', new Error('postgresql://u:secret@10.0.0.1')],
    ['something that is no error', 'secret'],
    ['a foreign error with a code', Object.assign(new Error('secret'), { extensions: { code: 'X' } })],
  ])('that is %s is masked, and logged with its path', async (_what, thrown) => {
    const value = () => {
      throw thrown;
    };
    const [masked] = await run('{ value }', { value });
    expect(masked).toMatchObject({ path: ['value'], extensions: { code: 'INTERNAL_SERVER_ERROR' } });
    expect(JSON.stringify(masked)).not.toMatch(/secret|password/);
    expect(error).toHaveBeenCalledWith(expect.objectContaining({ path: ['value'] }), 'a resolver failed');
  });

  it.each([
    'Transaction API error: Unable to start a transaction in the given time.',
    'Transaction API error: A query cannot be executed on an expired transaction. The timeout for this transaction was 20000 ms',
  ])('of a transaction without a turn says so, and that the same again may do: %s', async (message) => {
    const value = () => {
      throw Object.assign(new Error(message), { code: 'P2028' });
    };
    const [told] = await run('{ value }', { value });
    expect(told).toMatchObject({ path: ['value'], extensions: { code: 'BUSY', retryAfter: 5 } });
    expect(told?.message).not.toContain('transaction');
    expect(warn).toHaveBeenCalledOnce();
    expect(error).not.toHaveBeenCalled();
  });

  it('of a transaction that is used when it is over is a bug', async () => {
    const value = () => {
      throw Object.assign(new Error('Transaction already closed: A query cannot be executed'), {
        code: 'P2028',
      });
    };
    expect(await run('{ value }', { value })).toMatchObject([
      { extensions: { code: 'INTERNAL_SERVER_ERROR' } },
    ]);
  });

  it.each([
    ['{ colour }', { colour: 'SECRET' }],
    ['{ value }', { value: 'secret' }],
    ['{ sure }', { sure: null }],
  ])('from showing what does not fit the schema is a bug: %s', async (source, root) => {
    const [masked] = await run(source, root);
    expect(masked).toMatchObject({ extensions: { code: 'INTERNAL_SERVER_ERROR' } });
    expect(JSON.stringify(masked)).not.toMatch(/secret/i);
    expect(error).toHaveBeenCalledOnce();
  });

  it('of the request is the client’s to mend, and has a code', async () => {
    const source = 'query ($n: Int!) { echo(n: $n) }';
    expect(await run(source, {}, { n: 1.5 })).toMatchObject([
      { message: expect.stringContaining('"$n"'), extensions: { code: 'BAD_USER_INPUT' } },
    ]);
    expect(await run('query ($n: Int) { echo(n: $n) }', {}, { n: null })).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT' } },
    ]);
    expect(maskError(new GraphQLError('Syntax Error: Unexpected "}".'), logger).extensions.code).toBe(
      'BAD_USER_INPUT',
    );
    expect(error).not.toHaveBeenCalled();
  });

  it.each([
    [
      'input.lines.1.n',
      {
        lines: [
          { colour: 'RED', n: 1 },
          { colour: 'RED', n: 'x' },
        ],
      },
    ],
    ['input.lines.0.colour', { lines: [{ colour: 'BLUE at "input.n"; ', n: 1 }] }],
    ['input.lines.0.colour', { lines: [{ colour: 'x'.repeat(1_000_000), n: 1 }] }],
    ['input.lines', { lines: 'x' }],
    ['input', 'x'],
  ])('of a variable names its field: %s', async (field, input) => {
    const nested = buildSchema(`
      enum Colour { RED } input Line { colour: Colour! n: Int! } input Lines { lines: [Line!]! }
      type Query { add(input: Lines!): Int }`);
    const document = parse('query ($input: Lines!) { add(input: $input) }');
    const { errors = [] } = execute({
      schema: nested,
      document,
      variableValues: { input },
    }) as ExecutionResult;
    expect(errors.map((each) => maskError(each, logger).extensions)).toEqual([
      { code: 'BAD_USER_INPUT', field },
    ]);
  });

  it('keeps where it was in the document', async () => {
    const value = () => {
      throw new Error('bug');
    };
    expect(await run('{ value }', { value })).toMatchObject([{ locations: [{ line: 1, column: 3 }] }]);
  });
});
