import type { Client } from 'pg';
import { canonicalJournal, type KeptJournal } from '../../../domain/canonical-journal.ts';
import { digestOf } from '../chain.ts';
import { gatherJournals, journalRows } from '../kept-journals.ts';
import { copyRows } from './copy-rows.ts';
import type { Seal } from './seal.ts';

/** Which journals make that a seal does not hold: changed, removed or put in; or that the seal itself is another. */
export const nameBreak = async (client: Client, seal: Seal): Promise<string[]> => {
  const sealed = await readDigests(client, seal);
  const found = new Map<string, KeptJournal>();
  const gather = gatherJournals((journal) => found.set(journal.position, journal));
  const where = `head.transaction_id >= ${seal.from} AND head.transaction_id < ${seal.until}`;
  await copyRows(client, journalRows(where), gather.row);
  gather.end();
  const names: string[] = [];
  for (const [position, digest] of sealed) {
    const journal = found.get(position);
    if (!journal) names.push(`the journal at position ${position} was removed (seal ${seal.number})`);
    else if (digestOf(canonicalJournal(journal)).toString('hex') !== digest)
      names.push(`journal ${journal.id} at position ${position} was changed (seal ${seal.number})`);
  }
  for (const [position, { id }] of found) {
    if (!sealed.has(position))
      names.push(`journal ${id} at position ${position} was put in (seal ${seal.number})`);
  }
  return names.length > 0
    ? names
    : [`seal ${seal.number} is not what its journals and the seal before it come to`];
};

const readDigests = async (client: Client, { number }: Seal): Promise<Map<string, string>> => {
  const { rows } = await client.query<{ positions: string[]; digests: Buffer }>(
    'SELECT positions, digests FROM audit_seal WHERE number = $1',
    [number],
  );
  const { positions = [], digests = Buffer.alloc(0) } = rows[0] ?? {};
  return new Map(
    positions.map((position, index) => [
      position,
      digests.subarray(32 * index, 32 * index + 32).toString('hex'),
    ]),
  );
};
