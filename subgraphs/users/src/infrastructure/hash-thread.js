/**
 * A thread that hashes passwords and compares them, one at a time and after everything else that wants a processor. Plain
 * JavaScript, because it is started by its file: from the source and from the bundle alike.
 */
import os from 'node:os';
import { parentPort } from 'node:worker_threads';
import { hashSync, verifySync } from '@node-rs/argon2';

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane. The library's default algorithm is argon2id. */
const owasp = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

// Linux has a priority for each thread; elsewhere it would be the whole service's.
if (process.platform === 'linux') os.setPriority(os.constants.priority.PRIORITY_LOW);

let nobody;

const work = ({ password, compareWith }) => {
  if (compareWith === undefined) return hashSync(password, owasp);
  nobody ??= hashSync('the password of nobody', owasp);
  const matches = verifySync(compareWith ?? nobody, password);
  return matches && compareWith !== null;
};

parentPort.on('message', (job) => {
  try {
    parentPort.postMessage({ result: work(job) });
  } catch (error) {
    parentPort.postMessage({ error: String(error) });
  }
});
