import { readFile } from 'node:fs/promises';
import { loadConfig } from './config.ts';
import { startGateway } from './gateway.ts';
import { createLogger } from './logger.ts';
import { findSupergraph } from './supergraph/find-supergraph.ts';
import { watchFile } from './supergraph/watch-file.ts';

/** The composition root: reads the environment, serves until it is told to stop. */
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
    onUnreadable: (error) =>
      logger.error(
        { reason: String(error) },
        'the supergraph cannot be read, and the former one is served on',
      ),
  });
  process.on('SIGHUP', () => void supergraph.look());

  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    supergraph.stop();
    await gateway.stop().catch((error: unknown) => logger.error({ err: error }, 'did not stop cleanly'));
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop());
};

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
