/** Prisma's raw statements, as the driver takes them, and its errors as Prisma's. */
import { Decimal, PrismaClientKnownRequestError, Sql, sqltag } from '@prisma/client/runtime/client';
import { type ArgType, isDriverAdapterError, type SqlQuery } from '@prisma/driver-adapter-utils';

/** What `$queryRaw` and `$executeRaw` are given. */
export const statementOf = (query: TemplateStringsArray | Sql, given: readonly unknown[]): SqlQuery => {
  const { text, values } = query instanceof Sql ? query : sqltag(query, ...given);
  return statement(text, values);
};

/** A text with `$1`, `$2` and so on, and their values. */
export const statement = (sql: string, values: readonly unknown[] = []): SqlQuery => ({
  sql,
  args: values.map(argumentOf),
  argTypes: values.map(typeOf),
});

/** What the driver would write as JSON though it is none. */
const argumentOf = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(argumentOf);
  return Decimal.isDecimal(value) ? value.toString() : (value ?? null);
};

const typeOf = (value: unknown): ArgType =>
  Array.isArray(value)
    ? { scalarType: 'unknown', arity: 'list' }
    : { scalarType: 'unknown', arity: 'scalar' };

const clientVersion = 'straight';

/** Prisma's own error for what the driver throws, as others look for what went wrong. */
export const fail = (error: unknown): never => {
  if (!isDriverAdapterError(error)) throw error;
  const { originalCode, originalMessage } = error.cause;
  throw new PrismaClientKnownRequestError(
    `Raw query failed. Code: \`${originalCode ?? 'N/A'}\`. Message: \`${originalMessage ?? error.message}\``,
    { code: 'P2010', clientVersion, meta: { driverAdapterError: error } },
  );
};

/** Prisma's own error for a transaction as such. */
export const transactionError = (what: string): PrismaClientKnownRequestError =>
  new PrismaClientKnownRequestError(`Transaction API error: ${what}`, { code: 'P2028', clientVersion });
