import { randomUUID } from 'node:crypto';
import { withClient } from '@emporium/database';
import { wholeGraph } from '../graph/whole-graph.ts';

/** Every column as it is, but for who it is of. */
const statements = [
  `INSERT INTO users.users SELECT (jsonb_populate_record(one, jsonb_build_object('id', twin, 'email', twin || '@emporium.test'))).*
   FROM unnest($1::text[], $2::text[]) AS pair (id, twin) JOIN users.users AS one USING (id)`,
  `INSERT INTO users.credentials SELECT (jsonb_populate_record(one, jsonb_build_object('user_id', twin))).*
   FROM unnest($1::text[], $2::text[]) AS pair (user_id, twin) JOIN users.credentials AS one USING (user_id)`,
  `INSERT INTO users.sellers SELECT (jsonb_populate_record(one, jsonb_build_object('id', twin))).*
   FROM unnest($1::text[], $2::text[]) AS pair (id, twin) JOIN users.sellers AS one USING (id)`,
];

/**
 * Accounts of the same name, password and shop as the given ones have, each with an id and an e-mail address of its own: signing
 * up would hash a password for each, which takes longer than all that is asked of them.
 */
export const twinsOf = async (ids: readonly string[]): Promise<ReadonlyMap<string, string>> => {
  const twins = new Map(ids.map((id) => [id, randomUUID()]));
  await withClient(wholeGraph().adminUrl, async (client) => {
    for (const statement of statements)
      await client.query(statement, [[...twins.keys()], [...twins.values()]]);
  });
  return twins;
};
