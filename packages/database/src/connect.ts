import pg from 'pg';

/** One connection for the length of `work`. Prisma's `schema` parameter is not for Postgres and is left out. */
export const withClient = async <T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const plain = new URL(url);
  plain.searchParams.delete('schema');
  const client = new pg.Client({ connectionString: plain.toString(), connectionTimeoutMillis: 10_000 });
  // A connection that breaks while idle would otherwise end the process; the next query reports it.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

/** Postgres' five-letter code of an error (`42501`), if it is one of Postgres'. */
export const sqlState = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
