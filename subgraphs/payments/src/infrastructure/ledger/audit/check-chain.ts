import type { Client } from 'pg';
import { genesis, sealedJournals, sealHash } from '../sealed-journals.ts';
import { nameBreak } from './name-break.ts';
import type { Seal } from './seal.ts';

export type Chain = {
  readonly seals: readonly Seal[];
  readonly entries: number;
  readonly broken: readonly string[];
};

/** About how many journals are asked for at a time: enough to find their entries in one pass, and little enough to sort in memory. */
const mostAtOnce = 200_000;

type Checked = Pick<Chain, 'entries' | 'broken'>;

/**
 * Has every seal computed anew from what it covers, and names what does not fit; each connection that asks takes the next few
 * until none is left. `advance` hears of journals as they pass.
 */
export const startChain = (
  seals: readonly Seal[],
  advance: (journals: number) => void,
  journalsAtOnce = mostAtOnce,
) => {
  const batches = inBatches(seals, journalsAtOnce);
  const checked: Checked[] = [];
  let next = 0;
  return {
    ask: async (client: Client): Promise<void> => {
      while (next < batches.length) {
        const index = next++;
        const previous = batches[index - 1]?.at(-1)?.hash ?? genesis;
        checked[index] = await checkBatch(client, batches[index] ?? [], previous, advance);
      }
    },
    /** What was found, once everybody has asked. */
    chain: (): Chain => ({
      seals,
      entries: checked.reduce((sum, { entries }) => sum + entries, 0),
      broken: [...linkFaults(seals), ...checked.flatMap(({ broken }) => broken)],
    }),
  };
};

const checkBatch = async (
  client: Client,
  seals: readonly Seal[],
  previous: string,
  advance: (journals: number) => void,
): Promise<Checked> => {
  const sealed = await computeSeals(client, seals, previous);
  const broken: string[] = [];
  let entries = 0;
  for (const [index, seal] of seals.entries()) {
    const computed = sealed.get(index);
    entries += computed?.entries ?? 0;
    if (computed?.hash !== seal.hash) broken.push(...(await nameBreak(client, seal)));
    advance(seal.count);
  }
  return { entries, broken };
};

export const readSeals = async (client: Client): Promise<Seal[]> => {
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

const inBatches = (seals: readonly Seal[], journalsAtOnce: number): Seal[][] => {
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

type Computed = { readonly hash: string; readonly entries: number };

/**
 * What the journals of neighbouring seals come to, by the seal's index; nothing of one that has none. Each follows what the
 * seal before it says, so that one break is told once.
 */
const computeSeals = async (
  client: Client,
  seals: readonly Seal[],
  previous: string,
): Promise<ReadonlyMap<number, Computed>> => {
  const { rows } = await client.query<{ index: number; hash: string; entries: string }>(
    `SELECT index, ${sealHash('($4::text[])[index + 1]')} AS hash, sum(entries) AS entries
     FROM (
       SELECT *, width_bucket(transaction_id, $3::bigint[]) AS index
       FROM (${sealedJournals('transaction_id >= $1 AND transaction_id < $2')}) AS kept
     ) AS covered GROUP BY index`,
    [
      seals[0]?.from,
      seals.at(-1)?.until,
      seals.map(({ until }) => until),
      [previous, ...seals.map(({ hash }) => hash)],
    ],
  );
  return new Map(rows.map(({ index, hash, entries }) => [index, { hash, entries: Number(entries) }]));
};
