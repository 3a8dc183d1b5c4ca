/** Audits the books beside the running service, as the auditor: `node dist/ledger-audit.js`. */
import { startService } from '@emporium/subgraph';
import { loadAuditConfig } from './config.ts';
import { readAuditOptions, runAudit } from './infrastructure/ledger/audit/run-audit.ts';

startService(async () => {
  const { url, ...options } = readAuditOptions(process.argv.slice(2));
  const isRight = await runAudit({
    ...options,
    url: url ?? loadAuditConfig(process.env).AUDITOR_DATABASE_URL,
  });
  process.exit(isRight ? 0 : 1);
});
