/** Reads the whole ledger of the stack that runs here, or of another: `npm run ledger:audit`. */
import { runningStack } from '@emporium/local-stack';
import {
  auditUsage,
  readAuditOptions,
  runAudit,
} from '../../../subgraphs/payments/src/infrastructure/ledger/audit/run-audit.ts';
import { CommandError } from '../terminal/command-error.ts';
import { runCommand } from '../terminal/run-command.ts';

runCommand(async () => {
  const args = process.argv.slice(2);
  if (args.includes('--help')) return console.log(auditUsage);
  const { url: given, ...options } = readAuditOptions(args);
  const url = given ?? process.env.AUDITOR_DATABASE_URL ?? runningStack()?.auditorUrl;
  if (!url) {
    throw new CommandError(
      'NO_STACK',
      'No stack runs in this clone. Start one with `npm start`, or name the auditor’s database with --audit.',
    );
  }
  if (!(await runAudit({ ...options, url })))
    throw new CommandError('BOOKS_WRONG', 'The books are not right.');
});
