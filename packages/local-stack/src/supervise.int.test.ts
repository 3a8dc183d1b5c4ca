import path from 'node:path';
import { eventually, serverFolder } from '@emporium/testing';
import { describe, expect, it } from 'vitest';
import { startChild } from './processes/child.ts';
import { silentReporter } from './report/reporter.ts';
import { createRoster } from './roster.ts';
import { supervise } from './supervise.ts';

describe('a supervised member', () => {
  it('is told of and started again when it is killed, but not when the stack stops', async () => {
    const folder = serverFolder('supervised');
    const roster = createRoster(folder);
    const script = "console.log('a last word'); setInterval(() => {}, 1000)";
    const spec = { name: 'it', command: process.execPath, args: ['--eval', script, folder], mark: folder };
    const places = { logFile: path.join(folder, 'it.log'), pidFolder: path.join(folder, 'run') };
    const { member } = await roster.start('it', async () => ({
      child: await startChild({ ...spec, ...places }),
    }));
    const told: string[] = [];
    supervise(roster, { ...silentReporter, line: (text) => told.push(text) });

    const first = member.child();
    await member.kill('SIGKILL');
    await eventually(() => member.child() !== first && !member.child().hasEnded());
    await eventually(() =>
      expect(told.join()).toMatch(/it stopped.*starts again in 0.5 s.*it runs again/s),
    );

    await roster.stop();
    expect(member.child().hasEnded()).toBe(true);
    await expect(member.restart()).rejects.toThrow('being stopped');
  });
});
