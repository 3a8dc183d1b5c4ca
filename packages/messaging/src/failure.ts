/**
 * What a throw means for the message that was being handled. `outage`: the database does not answer, which is not
 * the message's fault. `conflict`: two transactions met, and the same again will do. `failure`: the handler's own.
 */
export type FailureKind = 'outage' | 'conflict' | 'failure';

/** SQLSTATE classes and codes, Prisma codes, driver adapter kinds and system errors, wherever they are nested. */
const outageCodes = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN'],
  ...['EHOSTUNREACH', 'ENETUNREACH'],
  ...['P1000', 'P1001', 'P1002', 'P1003', 'P1008', 'P1010', 'P1017', 'P2024', 'P2037'],
  ...['DatabaseNotReachable', 'DatabaseAccessDenied', 'AuthenticationFailed', 'ConnectionClosed'],
  ...['SocketTimeout', 'TooManyConnections', 'TlsConnectionError'],
  ...['25006', '28000', '28P01', '57P01', '57P02', '57P03', '57P05'],
]);
const outageClasses = /^(08|53|58)[0-9A-Z]{3}$/;
const outageMessages =
  /connection terminated|timeout exceeded when trying to connect|can't reach database server|unable to start a transaction|client has encountered a connection error|has closed the connection/i;
const conflictCodes = new Set([
  'P2034',
  'TransactionWriteConflict',
  '40001',
  '40P01',
  '55P03',
  'ConcurrencyError',
]);

const nested = ['cause', 'meta', 'driverAdapterError', 'chainedError'] as const;
const codes = ['code', 'errorCode', 'originalCode', 'kind', 'name'] as const;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** An error and everything that it wraps, a few levels deep: causes may be circular. */
const unwrap = (error: unknown, depth = 0): Record<string, unknown>[] => {
  if (!isObject(error) || depth > 5) return [];
  const { errors: several } = error;
  const errors = Array.isArray(several) ? (several as unknown[]) : [];
  const inner = [...nested.map((key) => error[key]), ...errors];
  return [error, ...inner.flatMap((each) => unwrap(each, depth + 1))];
};

const codesOf = (error: Record<string, unknown>): string[] =>
  codes.map((key) => error[key]).filter((code) => typeof code === 'string');

export const kindOfFailure = (error: unknown): FailureKind => {
  const all = unwrap(error);
  const found = all.flatMap(codesOf);
  if (found.some((code) => conflictCodes.has(code))) return 'conflict';
  if (found.some((code) => outageCodes.has(code) || outageClasses.test(code))) return 'outage';
  const messages = all.map(({ message }) => (typeof message === 'string' ? message : ''));
  return messages.some((message) => outageMessages.test(message)) ? 'outage' : 'failure';
};

/** Somebody else was faster, or two transactions met crosswise and Postgres ended this one: the same again will do. */
export const isConflict = (error: unknown): boolean => kindOfFailure(error) === 'conflict';

type ZodIssue = { readonly path?: readonly PropertyKey[]; readonly message?: string };

const lastLine = (text: string) => text.trim().split('\n').at(-1)?.trim() ?? '';

/**
 * One line that tells an administrator why, without stack, file names, or credentials of a URL. Prisma's messages
 * begin with source code and end with the reason; zod's name the field.
 */
export const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'the handler threw something that is not an error';
  const { issues } = error as { issues?: readonly ZodIssue[] };
  const text = Array.isArray(issues)
    ? (issues as ZodIssue[]).map(({ path, message }) => `${path?.join('.')}: ${message}`).join('; ')
    : lastLine(error.message);
  return `${error.name}: ${text}`.replaceAll(/\/\/[^/@\s]+@/g, '//***@').slice(0, 500);
};
