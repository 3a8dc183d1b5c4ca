import type { Client } from 'pg';
import { canonicalJournal, type KeptJournal } from '../../../domain/canonical-journal.ts';
import { genesis, startSeal } from '../chain.ts';
import { gatherJournals, journalRows } from '../kept-journals.ts';
import { copyRows } from './copy-rows.ts';
import { nameBreak } from './name-break.ts';
import type { Seal } from './seal.ts';

export type Chain = {
  readonly seals: readonly Seal[];
  readonly entries: number;
  readonly broken: readonly string[];
};

/** About how many journals are asked for at a time: enough to plan well, and little enough to sort in memory. */
const journalsAtOnce = 20_000;

/** Computes every seal anew from what it covers, and names what does not fit; `advance` hears of journals as they pass. */
export const checkChain = async (client: Client, advance: (journals: number) => void): Promise<Chain> => {
  const seals = await readSeals(client);
  const broken = linkFaults(seals);
  let entries = 0;
  let previous = genesis;
  for (const some of inBatches(seals)) {
    const { wrong, counted } = await checkSome(client, some, previous, advance);
    entries += counted;
    for (const seal of wrong) broken.push(...(await nameBreak(client, seal)));
    previous = some.at(-1)?.hash ?? previous;
  }
  return { seals, entries, broken };
};

const readSeals = async (client: Client): Promise<Seal[]> => {
  const { rows } = await client.query<
    Record<'number' | 'from' | 'until' | 'hash', string> & { count: number }
  >(
    'SELECT number, from_transaction AS from, until_transaction AS until, count, hash FROM audit_seal ORDER BY number',
  );
  return rows.map(({ from, until, ...seal }) => ({ ...seal, from: BigInt(from), until: BigInt(until) }));
};

/** Seals are numbered without a gap, and each begins where the one before it ends. */
const linkFaults = (seals: readonly Seal[]): string[] =>
  seals.flatMap((seal, index) => {
    const before = seals[index - 1];
    const follows = seal.from === (before?.until ?? 0n) && seal.number === String(index + 1);
    return follows ? [] : [`seal ${seal.number} does not follow seal ${before?.number ?? 'none'}`];
  });

const inBatches = (seals: readonly Seal[]): Seal[][] => {
  const batches: Seal[][] = [];
  let journals = journalsAtOnce;
  for (const seal of seals) {
    if (journals >= journalsAtOnce) {
      batches.push([]);
      journals = 0;
    }
    batches.at(-1)?.push(seal);
    journals += seal.count;
  }
  return batches;
};

/** Seals of one read, which are neighbours: those whose hash is not what their journals come to. */
const checkSome = async (
  client: Client,
  seals: readonly Seal[],
  previousHash: string,
  advance: (journals: number) => void,
): Promise<{ wrong: Seal[]; counted: number }> => {
  const wrong: Seal[] = [];
  let [index, counted, previous] = [0, 0, previousHash];
  let link = startSeal(previous);
  const close = (): void => {
    const seal = seals[index];
    if (!seal) return;
    if (link.end() !== seal.hash) wrong.push(seal);
    advance(seal.count);
    // From what the seal says, so that one break is told once.
    previous = seal.hash;
    link = startSeal(previous);
    index += 1;
  };
  const gather = gatherJournals((journal: KeptJournal) => {
    const transaction = BigInt(journal.transaction);
    while (transaction >= (seals[index]?.until ?? transaction + 1n)) close();
    counted += journal.entries.length;
    link.add(canonicalJournal(journal));
  });
  const [from, until] = [seals[0]?.from ?? 0n, seals.at(-1)?.until ?? 0n];
  await copyRows(
    client,
    journalRows(`head.transaction_id >= ${from} AND head.transaction_id < ${until}`),
    gather.row,
  );
  gather.end();
  while (index < seals.length) close();
  return { wrong, counted };
};
