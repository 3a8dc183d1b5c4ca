/**
 * A process that hashes passwords and compares them, one at a time and after everything else that wants a processor. Plain
 * JavaScript, because it is started by its file: from the source and from the bundle alike.
 */
import { writeFileSync } from 'node:fs';
import os from 'node:os';
import { hashSync, verifySync } from '@node-rs/argon2';

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane. The library's default algorithm is argon2id. */
const owasp = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

// Below normal is a tenth of what others get: they do not notice, and on a machine that is busy with other things a login
// still comes to its end.
os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL);
// Linux shares processors out among sessions before it looks at a process's priority (sched(7), autogroup).
try {
  writeFileSync('/proc/self/autogroup', String(os.constants.priority.PRIORITY_BELOW_NORMAL));
} catch {
  // Another system, or one that shares out by control groups.
}

let nobody;

const work = ({ password, compareWith }) => {
  if (compareWith === undefined) return hashSync(password, owasp);
  nobody ??= hashSync('the password of nobody', owasp);
  const matches = verifySync(compareWith ?? nobody, password);
  return matches && compareWith !== null;
};

process.on('message', (job) => {
  try {
    process.send({ result: work(job) });
  } catch (error) {
    process.send({ error: String(error) });
  }
});
// With the service, whatever became of it. Its signals are the service's to obey: work under way is finished.
process.on('disconnect', () => process.exit());
process.on('SIGTERM', () => {});
process.on('SIGINT', () => {});
