import { pino } from 'pino';
import { expect, it } from 'vitest';
import { logOutput } from './log-output.ts';

it('loses what cannot be written, and goes on', async () => {
  const output = logOutput('/dev/full');
  const failed = new Promise<void>((resolve) => output.on('error', resolve));
  pino(output).info('nobody will read this');
  await failed;
  expect(() => pino(output).info('nor this')).not.toThrow();
});
