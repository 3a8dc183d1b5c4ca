import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

export type LogLine = Readonly<Record<string, unknown>>;

/** The gateway as a process of its own, with these variables and no others. It is up when it answers. */
export const startGatewayProcess = async (env: Record<string, string>) => {
  const child: ChildProcess = spawn(
    process.execPath,
    [path.join(import.meta.dirname, '../../dist/main.js')],
    { env: { PORT: '0', ...env }, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const logs: LogLine[] = [];
  const ended = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  const port = await new Promise<number>((resolve, reject) => {
    if (child.stdout)
      createInterface(child.stdout).on('line', (text) => {
        const line = JSON.parse(text) as LogLine;
        logs.push(line);
        if (line.msg === 'serving') resolve(Number(line.port));
      });
    ended.then(([code]) => reject(new Error(`the gateway ended with ${code}`)), reject);
  });
  const url = `http://127.0.0.1:${port}`;
  await fetch(`${url}/health/live`);
  return {
    url,
    logs,
    signal: (name: NodeJS.Signals) => child.kill(name),
    /** The code that it ended with. */
    ended: ended.then(([code]) => code),
    stop: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
};

export type GatewayProcess = Awaited<ReturnType<typeof startGatewayProcess>>;
