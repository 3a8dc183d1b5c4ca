import { gunzipSync } from 'node:zlib';

const block = 512;

const text = (header: Buffer, from: number, length: number): string =>
  header.toString('utf8', from, from + length).replace(/\0.*$/s, '');

/** One file out of a `.tgz` as npm packs them (ustar, no long names); nothing, when it is not in it. */
export const fileInTarball = (tarball: Buffer, name: string): Buffer | undefined => {
  const tar = gunzipSync(tarball);
  for (let at = 0; at + block <= tar.length; ) {
    const header = tar.subarray(at, at + block);
    const size = Number.parseInt(text(header, 124, 12), 8) || 0;
    const start = at + block;
    if (text(header, 0, 100) === name) return tar.subarray(start, start + size);
    at = start + Math.ceil(size / block) * block;
  }
  return undefined;
};
