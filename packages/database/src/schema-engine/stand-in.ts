/**
 * Speaks as Prisma's native `schema-engine` program does (its command line, and JSON-RPC over standard input and
 * output), so that the stock Prisma CLI works where that program could not be downloaded.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { sqlState, withClient } from '../connect.ts';
import { createDatabase } from '../create-database.ts';
import { identifier } from '../sql-text.ts';
import { databaseOf, inDatabase } from '../urls.ts';
import { openEngine, panics } from './engine.ts';

type Request = { id: number; method?: string; params: unknown };
type Call = (params: unknown) => Promise<unknown>;

const valuesOf = (option: string, argv: readonly string[]): string[] =>
  argv.flatMap((argument, index) => (argument === option ? [argv[index + 1] ?? ''] : []));

const dropDatabase = (url: string): Promise<unknown> =>
  withClient(inDatabase(url, 'postgres'), (client) =>
    client.query(`DROP DATABASE IF EXISTS ${identifier(databaseOf(url))} WITH (FORCE)`),
  );

const databaseCommands: Record<string, (url: string) => Promise<unknown>> = {
  'can-connect-to-database': (url) => withClient(url, async () => undefined),
  'create-database': createDatabase,
  'drop-database': dropDatabase,
};

/** Prisma's own names for what went wrong: no database, wrong password, no server. */
const prismaCodes: Record<string, string> = { '3D000': 'P1003', '28P01': 'P1000' };

const runDatabaseCommand = async (command: string, url: string): Promise<number> => {
  try {
    await databaseCommands[command]?.(url);
    return 0;
  } catch (error) {
    const fields = {
      error_code: prismaCodes[sqlState(error) ?? ''] ?? 'P1001',
      message: error instanceof Error ? error.message : String(error),
      is_panic: false,
    };
    const line = { level: 'ERROR', target: 'schema_engine::logger', fields };
    process.stderr.write(`\n${JSON.stringify(line)}\n`);
    return 1;
  }
};

const send = (message: object): void => {
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
};

const failure = (error: unknown): object => {
  const { code, meta, message, name } = error as {
    [key in 'code' | 'meta' | 'message' | 'name']?: unknown;
  };
  const data = {
    is_panic: name === 'RuntimeError',
    message: panics.pop() ?? message ?? String(error),
    error_code: code,
    meta,
  };
  return { code: 4466, message: 'An error happened. Check the data field for details.', data };
};

/** Our schemas exist before their first migration, and their owners may create none. */
const createSchema = /^-- CreateSchema\nCREATE SCHEMA IF NOT EXISTS "[^"]*";\n\n/m;

/** The native engine prints what the CLI shows; the WebAssembly one only answers it. */
const printed = (id: number, result: unknown): unknown => {
  const answer = (result ?? {}) as { stdout?: string | null };
  if (!answer.stdout) return answer;
  send({ id: 100_000 + id, method: 'print', params: { content: answer.stdout.replace(createSchema, '') } });
  return { ...answer, stdout: null };
};

const answer = async (
  { id, method, params }: Request,
  call: (method: string) => Promise<Call>,
): Promise<void> => {
  if (method === undefined) return; // the CLI's answer to our `print`
  try {
    const result = await (await call(method))(params);
    send({ id, result: method === 'diff' ? printed(id, result) : (result ?? {}) });
  } catch (error) {
    send({ id, error: failure(error) });
  }
};

const serve = (argv: readonly string[], databaseUrl: string | undefined): void => {
  const datamodels = valuesOf('--datamodels', argv).map((file): [string, string] => [
    path.resolve(file),
    readFileSync(file, 'utf8'),
  ]);
  let opening: ReturnType<typeof openEngine> | undefined;
  const call = async (method: string): Promise<Call> => {
    if (method === 'createDatabase' && databaseUrl !== undefined) {
      return async () => {
        await createDatabase(databaseUrl);
        return { databaseName: databaseOf(databaseUrl) };
      };
    }
    opening ??= openEngine(databaseUrl, datamodels.length > 0 ? datamodels : undefined);
    const { engine } = await opening;
    const name = method === 'getDatabaseVersion' ? 'version' : method;
    return (engine as unknown as Record<string, Call>)[name]?.bind(engine) ?? unknownMethod(method);
  };
  let pending = Promise.resolve();
  createInterface({ input: process.stdin })
    .on('line', (line) => {
      const request = JSON.parse(line) as Request;
      pending = pending.then(() => answer(request, call));
    })
    .on('close', () => pending.then(() => process.exit(0)));
};

const unknownMethod =
  (method: string): Call =>
  () =>
    Promise.reject(new Error(`The schema engine knows no method ${method}.`));

const engineVersion = (): string => {
  const versions = createRequire(import.meta.url)('@prisma/schema-engine-wasm/package.json') as {
    version: string;
  };
  return versions.version;
};

/** Does what the native program would do with these arguments. */
export const standInForSchemaEngine = async (argv: readonly string[]): Promise<void> => {
  if (argv.includes('--version')) {
    process.stdout.write(`schema-engine-wasm ${engineVersion()}\n`);
    return;
  }
  const [source] = valuesOf('--datasource', argv);
  const { url } = source === undefined ? {} : (JSON.parse(source) as { url?: string });
  const command = argv.includes('cli') ? argv[argv.indexOf('cli') + 1] : undefined;
  if (command !== undefined && url !== undefined) process.exit(await runDatabaseCommand(command, url));
  serve(argv, url);
};
