import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { readJsonBody } from './read-body.ts';

const request = (chunks: Iterable<Buffer>, headers: Record<string, string> = {}): IncomingMessage =>
  Object.assign(Readable.from(chunks, { objectMode: false }), {
    headers: { 'content-type': 'application/json', ...headers },
  }) as never;

const bytes = (...texts: string[]): Buffer[] => texts.map((text) => Buffer.from(text));

describe('a body', () => {
  it('may come in pieces', async () => {
    expect(await readJsonBody(request(bytes('{"a":', '1}')), 100)).toEqual({ a: 1 });
    const [whole] = bytes('"é"');
    const halves = whole ? [whole.subarray(0, 2), whole.subarray(2)] : [];
    expect(await readJsonBody(request(halves), 100)).toBe('é');
  });

  it('is read no further than its limit', async () => {
    let read = 0;
    function* endless() {
      for (;;) {
        read += 1;
        yield Buffer.alloc(10);
      }
    }
    const sent = request(endless());
    await expect(readJsonBody(sent, 25)).rejects.toMatchObject({ status: 413 });
    expect(sent.isPaused()).toBe(true);
    expect(read).toBeLessThan(10_000);
  });

  it('is not read at all when it says that it is too long', async () => {
    const sent = request(bytes('{}'), { 'content-length': '26' });
    await expect(readJsonBody(sent, 25)).rejects.toMatchObject({ status: 413 });
    expect(sent.readableFlowing).toBeNull();
  });

  it('fails with its connection', async () => {
    const sent = request(bytes('{'));
    const body = readJsonBody(sent, 25);
    sent.destroy(new Error('reset'));
    await expect(body).rejects.toThrow('reset');
  });

  it('must be JSON in UTF-8 to be looked at', async () => {
    await expect(
      readJsonBody(request(bytes('{}'), { 'content-type': 'text/plain' }), 25),
    ).rejects.toMatchObject({ status: 415 });
    await expect(readJsonBody(request(bytes('{')), 25)).rejects.toMatchObject({ status: 400 });
    await expect(
      readJsonBody(request(bytes('{}'), { 'content-type': 'application/json; charset=latin1' }), 25),
    ).rejects.toMatchObject({ status: 415 });
  });
});
