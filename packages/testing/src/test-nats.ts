import path from 'node:path';
import {
  freePort,
  type LocalNats,
  type NatsUser,
  randomNatsPasswords,
  startNats,
} from '@emporium/local-stack';
import { serverFolder } from './test-folder.ts';

/** A nats-server with JetStream, for one test alone. Its URLs stay the same through a restart. */
export type TestNats = {
  /** The administrator's, who may do anything. */
  url: string;
  /** Each user's, with the permissions that it has in earnest. */
  urls: Record<NatsUser, string>;
  /** Ends it: in order, or as a crash with SIGKILL. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** Starts it again on the same port with the same streams, after ending it if need be. */
  restart(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
};

/** Starts a nats-server with an empty store. Stop it in `afterAll`. */
export const testNats = async (): Promise<TestNats> => {
  const folder = serverFolder('nats');
  const options = {
    dataFolder: path.join(folder, 'data'),
    port: await freePort(),
    passwords: randomNatsPasswords(),
    logFile: path.join(folder, 'nats.log'),
    pidFolder: path.join(folder, 'run'),
  };
  let running: LocalNats | undefined = await startNats(options);
  const { urls } = running;
  const stop = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<void> => {
    const ending = running?.child;
    running = undefined;
    ending?.kill(signal);
    await ending?.ended;
  };
  return {
    url: urls.admin,
    urls,
    stop,
    restart: async (signal) => {
      await stop(signal);
      running = await startNats(options);
    },
  };
};
