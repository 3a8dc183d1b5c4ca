/** Runs the sandbox as a service of its own. */
import { logOutput } from '@emporium/telemetry';
import { pino } from 'pino';
import { createCardSandbox } from './card-sandbox.ts';
import { loadConfig } from './config.ts';

const main = async () => {
  const config = loadConfig(process.env);
  const logger = pino({ level: config.LOG_LEVEL, base: { service: 'card-sandbox' } }, logOutput());
  const sandbox = await createCardSandbox({
    host: config.HOST,
    port: config.PORT,
    file: config.SANDBOX_FILE,
    publicUrl: config.SANDBOX_PUBLIC_URL,
    slowMs: config.SANDBOX_SLOW_MS,
    errorsPerKey: config.SANDBOX_ERRORS_PER_KEY,
    logger,
  });
  logger.info({ url: sandbox.url }, 'the card sandbox listens');
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void sandbox.stop().then(() => process.exit(0)));
  }
};

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
