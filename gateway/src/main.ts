import { readFile } from 'node:fs/promises';
import { loadConfig } from './config.ts';
import { startGateway } from './gateway.ts';
import { createLogger } from './logger.ts';
import { findSupergraph } from './supergraph/find-supergraph.ts';
import { watchFile } from './supergraph/watch-file.ts';

/** npm passes a Ctrl-C on that the terminal had sent to all of us: two within this time are one. */
const sameKeyMs = 700;

/** The composition root: reads the environment, serves until it is told to stop; told again, it stops at once. */
const main = async (): Promise<void> => {
  // Apollo's gateway would otherwise report to its makers.
  process.env.APOLLO_TELEMETRY_DISABLED = 'true';
  const config = loadConfig(process.env);
  const logger = createLogger(config.LOG_LEVEL);
  const path = await findSupergraph(config.SUPERGRAPH_PATH, process.cwd());
  const supergraphSdl = await readFile(path, 'utf8');
  const gateway = await startGateway({ config, supergraphSdl, logger });

  const supergraph = watchFile({
    path,
    content: supergraphSdl,
    everyMs: config.SUPERGRAPH_POLL_MS,
    onContent: gateway.reload,
    onUnreadable: gateway.unreadable,
  });
  process.on('SIGHUP', () => void supergraph.look());

  const stop = async (): Promise<void> => {
    supergraph.stop();
    await gateway.stop().catch((error: unknown) => logger.error({ err: error }, 'did not stop cleanly'));
    process.exit(0);
  };
  let toldAt: number | undefined;
  const onSignal = (): void => {
    const now = performance.now();
    if (toldAt !== undefined && now - toldAt > sameKeyMs) process.exit(130);
    if (toldAt === undefined) void stop();
    toldAt ??= now;
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, onSignal);
};

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
