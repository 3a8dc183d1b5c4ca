import { describe, expect, it } from 'vitest';
import { FileError } from './file-error.ts';
import type { Group } from './group-rows.ts';
import { readEntries } from './read-entries.ts';
import { readRecords } from './read-records.ts';

/** In pieces of so many bytes, as a network may bring them. */
const inPieces = async function* (text: string, size: number) {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
};

/** What is read of a file, and the code of the mistake that ends it. */
const read = async (
  text: string,
  { size = 7, from = { lastRow: 0, chain: '' }, mostRows = 1_000 } = {},
) => {
  const groups: Group[] = [];
  try {
    const limits = { mostRows, mostBytes: 10_000_000 };
    for await (const group of readEntries(readRecords(inPieces(text, size), limits), from))
      groups.push(group);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return { groups, problem: error.problem };
  }
  return { groups, problem: null };
};
const rowsOf = ({ groups }: { groups: readonly Group[] }) =>
  groups.map(({ entries }) => entries.flatMap(({ rows }) => rows.map(({ sku }) => sku)));

const header = 'product,title,sku,price,currency';
const file = [
  header,
  'mug,Mug,A,1.00,GBP',
  'mug,,B,1.00,GBP',
  ',Jug,C,1.00,GBP',
  'pan,Pän,D,1.00,GBP',
].join('\n');

describe('a file in pieces', () => {
  it('is the same whatever the pieces, a byte order mark or not', async () => {
    const whole = await read(file, { size: 10_000 });
    expect(rowsOf(whole)).toEqual([['A', 'B'], ['C'], ['D']]);
    for (const size of [1, 2, 3, 50]) expect(await read(file, { size })).toEqual(whole);
    const marked = await read(`\uFEFF${file.replaceAll('\n', '\r\n')}\r\n`);
    expect(rowsOf(marked)).toEqual(rowsOf(whole));
  });

  it('goes on after the row where it stopped', async () => {
    const { groups } = await read(file);
    for (const [index, { position }] of groups.entries())
      expect((await read(file, { from: position })).groups).toEqual(groups.slice(index + 1));
  });

  it('must begin as it did', async () => {
    const [first] = (await read(file)).groups;
    const from = first?.position ?? { lastRow: 0, chain: '' };
    for (const other of [file.replace('B,1.00', 'B,1.01'), file.replace('sku', 'SKU'), header])
      expect(await read(other, { from })).toMatchObject({
        groups: [],
        problem: { code: 'DIFFERENT_FILE' },
      });
    expect((await read(file.replace('C,1.00', 'C,1.01'), { from })).problem).toBeNull();
  });

  it('that is cut within quotes has been read before, but for a product that may go on', async () => {
    const cut = await read(`${file}\npan,"Pä`);
    expect(rowsOf(cut)).toEqual([['A', 'B'], ['C']]);
    expect(cut.problem).toMatchObject({ code: 'ENDS_IN_QUOTES', row: 6, field: 'title' });
  });

  it('has so many rows at most, and those are read', async () => {
    const long = await read(file, { mostRows: 3 });
    expect(long.problem).toMatchObject({ code: 'TOO_MANY_ROWS', row: 5 });
    expect(rowsOf(long)).toEqual([['A', 'B'], ['C']]);
  });

  it('holds no more than so many rows of one product', async () => {
    const rows = Array.from({ length: 1_200 }, (_, index) => `set,Set,S-${index},1.00,GBP`);
    const { groups } = await read([header, ...rows].join('\n'), { size: 1_000, mostRows: 2_000 });
    expect(rowsOf({ groups }).map((each) => each.length)).toEqual([500, 500, 200]);
    const offered = groups.map(({ entries }) => entries[0]?.rows.length);
    expect(offered).toEqual([100, 100, 100]);
    expect(groups[0]?.entries[1]?.said).toMatchObject({ problem: { code: 'TOO_MANY_VARIANTS' } });
  });
});
