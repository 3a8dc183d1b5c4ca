/** The deployment's job: prepares and migrates the database, then ends. See deploy-config.ts for its environment. */
import { deploy } from './deploy.ts';
import { readDeployConfig } from './deploy-config.ts';

const log = (level: 'info' | 'error', msg: string, details: object = {}): void => {
  process.stdout.write(`${JSON.stringify({ level, time: new Date().toISOString(), msg, ...details })}\n`);
};

try {
  await deploy(
    readDeployConfig(process.env),
    (msg, details) => log('info', msg, details),
    process.env.PRISMA_FOLDER,
  );
  log('info', 'done');
  process.exit(0); // the schema engine leaves a timer behind
} catch (error) {
  log('error', error instanceof Error ? error.message : String(error));
  process.exit(1);
}
