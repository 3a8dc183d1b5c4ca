import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { fileInTarball } from './read-tarball.ts';

const entry = (name: string, content: string): Buffer => {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write(content.length.toString(8).padStart(11, '0'), 124);
  const body = Buffer.alloc(Math.ceil(content.length / 512) * 512);
  body.write(content);
  return Buffer.concat([header, body]);
};

describe('a tarball', () => {
  const tarball = gzipSync(
    Buffer.concat([entry('package/a', 'x'.repeat(700)), entry('package/b', 'wanted'), Buffer.alloc(1024)]),
  );
  it('gives the file of that name', () => {
    expect(fileInTarball(tarball, 'package/b')?.toString()).toBe('wanted');
  });
  it('gives nothing for a name that is not in it', () => {
    expect(fileInTarball(tarball, 'package/c')).toBeUndefined();
  });
});
