import pg from 'pg';

/** Runs one read over the audit views; rows as objects, bigint columns as strings. */
export type AuditQuery = <Row extends object>(sql: string, values?: readonly unknown[]) => Promise<Row[]>;

/** Connects as the auditor; `end` closes. */
export const connectAuditor = (auditorUrl: string): { query: AuditQuery; end(): Promise<void> } => {
  const pool = new pg.Pool({ connectionString: auditorUrl, max: 2 });
  return {
    query: async <Row extends object>(sql: string, values: readonly unknown[] = []) => {
      const { rows } = await pool.query<Row>(sql, [...values]);
      return rows;
    },
    end: () => pool.end(),
  };
};
