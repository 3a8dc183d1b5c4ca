/** Compares a day with the card providers' reports, and shows what differs: `npm run reconcile -- --date 2026-11-26`. */
import { parseArgs } from 'node:util';
import { endpoint } from '../terminal/endpoint.ts';
import { explained } from '../terminal/explained.ts';
import { runCommand } from '../terminal/run-command.ts';
import { demoPassword, signInAs } from '../terminal/sign-in.ts';
import { compareDay, isSettled } from './compare-day.ts';
import { showDay } from './show-day.ts';

const usage = `npm run reconcile -- [options]
  --date <YYYY-MM-DD>  the day, of UTC (yesterday)
  --admin <e-mail>     an administrator (admin@emporium.test)
  --password <text>    theirs
  --url <endpoint>     the gateway's

Ends with 1 when a report could not be compared, or a difference is open.`;

const yesterday = (): string => {
  const day = new Date();
  day.setUTCDate(day.getUTCDate() - 1);
  return day.toISOString().slice(0, 'YYYY-MM-DD'.length);
};

runCommand(async () => {
  const { values } = parseArgs({
    options: {
      date: { type: 'string', default: yesterday() },
      admin: { type: 'string', default: 'admin@emporium.test' },
      password: { type: 'string', default: demoPassword },
      url: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  const { date } = values;
  const admin = await signInAs(endpoint(values.url), values.admin, values.password);
  const day = await compareDay(admin, date).catch((error: unknown) => {
    throw explained(error);
  });
  process.stdout.write(showDay(date, day));
  if (!isSettled(day)) process.exitCode = 1;
});
