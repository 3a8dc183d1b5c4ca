import pg from 'pg';
import { type Chain, readSeals, startChain } from './check-chain.ts';
import { startRules } from './check-rules.ts';
import { type Finding, shown } from './ledger-rule.ts';

/** A journal without a seal, and its age by the database's clock. */
export type Unsealed = { readonly id: string; readonly seconds: number };

export type LedgerAudit = {
  readonly journals: number;
  readonly accounts: number;
  readonly sealedEntries: number;
  readonly seals: number;
  /** The last seal, by which somebody outside can hold the books to what they were. */
  readonly head: { readonly number: string; readonly hash: string } | null;
  readonly unsealed: { readonly count: number; readonly oldest: readonly Unsealed[] };
  readonly rules: number;
  readonly findings: readonly Finding[];
};

export type AuditOptions = {
  /** The auditor's: it reads views only. */
  readonly url: string;
  /** Longer than so many seconds nothing may be without a seal. */
  readonly sealedWithin: number;
  /** A seal that somebody noted down earlier: the chain must have it. */
  readonly expected?: { readonly number: string; readonly hash: string } | undefined;
  /** About how many journals of the chain are asked for at a time; a good number unless said. */
  readonly journalsAtOnce?: number;
  readonly begun?: (journals: number) => void;
  readonly advanced?: (journals: number) => void;
};

/**
 * Reads the whole ledger as one moment shows it, over two connections: one begins with the chain of seals, the other with the
 * rules, and whoever is done helps the other.
 */
export const auditLedger = async (options: AuditOptions): Promise<LedgerAudit> => {
  const [sums, stream] = [open(options.url), open(options.url)];
  try {
    await Promise.all([sums.connect(), stream.connect()]);
    await begin(sums);
    const { snapshot } = await one<{ snapshot: string }>(sums, 'SELECT pg_export_snapshot() AS snapshot');
    await begin(stream);
    await stream.query(`SET TRANSACTION SNAPSHOT '${snapshot}'`);
    const [counted, sealed] = await Promise.all([
      one<{ journals: string; accounts: string }>(
        sums,
        `SELECT (SELECT count(*) FROM audit_journal_head) AS journals, (SELECT count(*) FROM audit_account) AS accounts`,
      ),
      readSeals(stream),
    ]);
    const journals = Number(counted.journals);
    options.begun?.(journals);
    const rules = startRules();
    const seals = startChain(sealed, (passed) => options.advanced?.(passed), options.journalsAtOnce);
    await Promise.all([
      seals.ask(stream).then(() => rules.ask(stream)),
      rules.ask(sums).then(() => seals.ask(sums)),
    ]);
    const chain = seals.chain();
    const unsealed = await findUnsealed(stream, chain);
    const last = chain.seals.at(-1);
    return {
      journals,
      accounts: Number(counted.accounts),
      sealedEntries: chain.entries,
      seals: chain.seals.length,
      head: last ? { number: last.number, hash: last.hash } : null,
      unsealed,
      rules: rules.count + chainRules.length,
      findings: [...rules.findings(), ...chainFindings(options, chain, unsealed)],
    };
  } finally {
    await Promise.allSettled([sums.end(), stream.end()]);
  }
};

const open = (url: string): pg.Client => {
  const plain = new URL(url);
  plain.searchParams.delete('schema');
  const client = new pg.Client({
    connectionString: plain.toString(),
    options:
      '-c search_path=payments -c work_mem=128MB -c jit=off -c max_parallel_workers_per_gather=0 -c statement_timeout=0',
    connectionTimeoutMillis: 10_000,
  });
  // A connection that breaks while idle would otherwise end the process; the next query reports it.
  client.on('error', () => undefined);
  return client;
};

const begin = (client: pg.Client) => client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');

const one = async <Row extends object>(client: pg.Client, sql: string): Promise<Row> => {
  const { rows } = await client.query<Row>(sql);
  if (!rows[0]) throw new Error('Postgres gave no row');
  return rows[0];
};

const findUnsealed = async (client: pg.Client, { seals }: Chain): Promise<LedgerAudit['unsealed']> => {
  const from = seals.at(-1)?.until ?? 0n;
  const { rows } = await client.query<{ id: string; seconds: number; count: string }>(
    `SELECT journal_id AS id, extract(epoch FROM clock_timestamp() - at)::float8 AS seconds, count(*) OVER () AS count
     FROM audit_journal_head WHERE transaction_id >= $1 ORDER BY at LIMIT ${shown}`,
    [from],
  );
  return {
    count: Number(rows[0]?.count ?? 0),
    oldest: rows.map(({ id, seconds }) => ({ id, seconds: Math.round(seconds) })),
  };
};

const chainRules = [
  'every seal is what its journals and the seal before it come to',
  'no journal is without a seal for long',
  'the chain has the seal that was expected',
] as const;

const chainFindings = (
  { sealedWithin, expected }: AuditOptions,
  { broken, seals }: Chain,
  { oldest }: LedgerAudit['unsealed'],
): Finding[] => {
  const late = oldest.filter(({ seconds }) => seconds > sealedWithin);
  const has =
    !expected || seals.some(({ number, hash }) => number === expected.number && hash === expected.hash);
  return [
    { rule: chainRules[0], what: broken.slice(0, shown) },
    { rule: chainRules[1], what: late.map(({ id, seconds }) => `journal ${id} for ${seconds} s`) },
    { rule: chainRules[2], what: has ? [] : [`seal ${expected.number} with the hash ${expected.hash}`] },
  ].filter(({ what }) => what.length > 0);
};
