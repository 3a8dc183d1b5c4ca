import type { Client } from 'pg';
import { sealedJournals } from '../sealed-journals.ts';
import type { Seal } from './seal.ts';

/** Which journals make that a seal does not hold: changed, removed or put in; or that the seal itself is another. */
export const nameBreak = async (client: Client, { number, from, until }: Seal): Promise<string[]> => {
  const { rows } = await client.query<{ what: string }>(
    `SELECT CASE
       WHEN journal_id IS NULL THEN 'the journal at position ' || position || ' was removed'
       ELSE 'journal ' || journal_id || ' at position ' || position
         || CASE WHEN digest IS NULL THEN ' was put in' ELSE ' was changed' END
     END AS what
     FROM (
       SELECT position, substr(digests, (32 * index - 31)::int, 32) AS digest, index
       FROM audit_seal, unnest(positions) WITH ORDINALITY AS sealed (position, index) WHERE number = $3
     ) AS sealed
     FULL JOIN (${sealedJournals('transaction_id >= $1 AND transaction_id < $2')}) AS found USING (position)
     WHERE digest IS DISTINCT FROM sha256(text)
     ORDER BY index, position`,
    [from, until, number],
  );
  return rows.length > 0
    ? rows.map(({ what }) => `${what} (seal ${number})`)
    : [`seal ${number} is not what its journals and the seal before it come to`];
};
