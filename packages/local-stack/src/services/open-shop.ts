/** Brings the services up so that whoever reaches the gateway finds a shop that can be used. */
import type { Reporter } from '../report/reporter.ts';
import { awaitEvents } from './await-events.ts';
import { missingSeeds, runSeeds } from './seed.ts';
import { serviceNames } from './service-environment.ts';
import { type ServicesOptions, startServices } from './start-services.ts';

const eventsWithinMs = 30_000;
const behindGateway = serviceNames.filter((name) => name !== 'gateway');

/**
 * Starts all services. A new database is seeded first, and the gateway opened when all have heard of what was seeded: it keeps
 * answers, and one from before would say for a while that there is nothing.
 */
export const openShop = async (options: ServicesOptions): Promise<void> => {
  const { report } = options;
  const missing = await missingSeeds(options);
  if (missing.length === 0) {
    await startServices(options, serviceNames);
    return;
  }
  await startServices(options, behindGateway);
  await report.step(
    'Seeds',
    (say) => runSeeds(options, missing, say),
    () => [missing.map(({ name }) => name).join(', ')],
  );
  await settle(options, report);
  await startServices(options, ['gateway']);
};

const settle = async ({ parts }: ServicesOptions, report: Reporter): Promise<void> => {
  const settled = await report.step(
    'Events',
    (say) => awaitEvents(parts, eventsWithinMs, say),
    (handled) => [handled ? 'of the seeds, handled by all' : 'of the seeds, not all handled yet'],
  );
  if (!settled) report.line('  The shop is still filling: stock and carts may not know all products yet.');
};
