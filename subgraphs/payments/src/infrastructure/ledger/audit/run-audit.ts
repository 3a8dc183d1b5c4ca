import { parseArgs } from 'node:util';
import { type Progress, startProgress } from '@emporium/subgraph/progress';
import { auditLedger, type LedgerAudit } from './audit-ledger.ts';

export const auditUsage = `npm run ledger:audit -- [options]
  --audit <postgres URL>   the auditor's database; else AUDITOR_DATABASE_URL, else of the stack that runs here
  --sealed-within <s>      how long a journal may be without a seal (default 60)
  --expect <seal>:<hash>   a seal that was noted down before: the chain must have it`;

/** What the command line asks for; throws for what it does not know. */
export const readAuditOptions = (args: string[]) => {
  const { values } = parseArgs({
    args,
    options: {
      audit: { type: 'string' },
      'sealed-within': { type: 'string', default: '60' },
      expect: { type: 'string' },
    },
  });
  const sealedWithin = Number(values['sealed-within']);
  const [, number, hash] = /^(\d+):([0-9a-f]{64})$/.exec(values.expect ?? '') ?? [];
  if (!Number.isFinite(sealedWithin) || sealedWithin < 0 || (values.expect && !hash))
    throw new Error(auditUsage);
  return { url: values.audit, sealedWithin, expected: number && hash ? { number, hash } : undefined };
};

/** Audits with a bar, and prints what it found; whether nothing is wrong. */
export const runAudit = async (
  options: Omit<ReturnType<typeof readAuditOptions>, 'url'> & { readonly url: string },
): Promise<boolean> => {
  let progress: Progress | undefined;
  const began = performance.now();
  const audit = await auditLedger({
    ...options,
    begun: (journals) => {
      progress = startProgress('audited', journals, 'journals');
    },
    advanced: (by) => progress?.advance(by),
  });
  progress?.done();
  process.stdout.write(`${linesOf(audit, (performance.now() - began) / 1000).join('\n')}\n`);
  return audit.findings.length === 0;
};

const count = (number: number): string => number.toLocaleString('en');

const linesOf = (audit: LedgerAudit, seconds: number): string[] => {
  const { journals, accounts, seals, sealedEntries, head, unsealed, rules, findings } = audit;
  return [
    `${count(journals)} journals, ${count(accounts)} accounts, ${count(seals)} seals over ${count(sealedEntries)} entries, in ${seconds.toFixed(1)} s`,
    head ? `last seal ${head.number}:${head.hash}` : 'nothing is sealed',
    unsealed.count === 0
      ? 'every journal is sealed'
      : `${count(unsealed.count)} journals are not sealed yet, the oldest: ${unsealed.oldest.map(({ id, seconds: age }) => `${id} (${age} s)`).join(', ')}`,
    ...findings.flatMap(({ rule, what }) => [`WRONG  ${rule}`, ...what.map((each) => `         ${each}`)]),
    findings.length === 0 ? `all ${rules} rules hold` : `${findings.length} of ${rules} rules do not hold`,
  ];
};
