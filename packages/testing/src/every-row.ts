import { identifier, withClient } from '@emporium/database';

/** Every row of every table that the owner of a schema has, as text, for whoever looks for what must not be there. */
export const everyRow = (ownerUrl: string): Promise<string> =>
  withClient(ownerUrl, async (client) => {
    const tables = await client.query<{ schema: string; name: string }>(
      `SELECT schemaname AS schema, tablename AS name FROM pg_tables WHERE tableowner = current_user`,
    );
    const texts: string[] = [];
    for (const { schema, name } of tables.rows) {
      const table = `${identifier(schema)}.${identifier(name)}`;
      const { rows } = await client.query<{ text: string }>(
        `SELECT each::text AS text FROM ${table} AS each`,
      );
      texts.push(...rows.map(({ text }) => text));
    }
    return texts.join('\n');
  });
