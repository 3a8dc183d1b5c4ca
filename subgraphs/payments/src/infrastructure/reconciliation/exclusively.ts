import { Client } from 'pg';
import type { Exclusively } from '../../application/reconcile-day.ts';

/** By an advisory lock of a connection of its own: it ends with the connection, so that whoever dies keeps nobody waiting. */
export const createExclusively =
  (databaseUrl: string): Exclusively =>
  async (name, work) => {
    const client = new Client({
      connectionString: databaseUrl,
      application_name: 'payments-reconciliation',
      connectionTimeoutMillis: 5000,
      keepAlive: true,
    });
    // What it leaves open is finished or begun anew by whoever has the lock next.
    client.on('error', () => undefined);
    await client.connect();
    try {
      const { rows } = await client.query<{ taken: boolean }>(
        'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS taken',
        [name],
      );
      return rows[0]?.taken ? await work() : null;
    } finally {
      await client.end();
    }
  };
