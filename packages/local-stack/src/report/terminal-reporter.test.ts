import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { terminalReporter } from './terminal-reporter.ts';

const paper = () => {
  const written: string[] = [];
  const out = new Writable({
    write: (chunk, _encoding, done) => {
      written.push(String(chunk));
      done();
    },
  });
  return { out: out as unknown as NodeJS.WriteStream, written };
};

describe('a reporter without a terminal', () => {
  it('writes one plain line per finished step', async () => {
    const { out, written } = paper();
    const result = await terminalReporter(out).step(
      'NATS',
      async () => 7,
      () => ['nats-server', '127.0.0.1:4222'],
    );
    expect(result).toBe(7);
    expect(written.join('')).toMatch(/^ {2}NATS +nats-server +127\.0\.0\.1:4222 +\d+ ms\n$/);
  });

  it('says nothing of a step that failed: whoever caught it does', async () => {
    const { out, written } = paper();
    const failing = terminalReporter(out).step(
      'NATS',
      () => Promise.reject(new Error('no')),
      () => [''],
    );
    await expect(failing).rejects.toThrow('no');
    expect(written).toEqual([]);
  });
});
