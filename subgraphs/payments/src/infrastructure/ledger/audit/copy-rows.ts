import { StringDecoder } from 'node:string_decoder';
import type { Client } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { JournalRow } from '../kept-journals.ts';

/** Every row of a query, in order, as text, without keeping more than a piece of them. */
export const copyRows = async (
  client: Client,
  query: string,
  tell: (row: JournalRow) => void,
): Promise<void> => {
  const stream = client.query(copyTo(`COPY (${query}) TO STDOUT`));
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    const lines = (rest + decoder.write(chunk)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) tell(readRow(line));
  }
};

/** COPY's text format: fields by tabs, `\N` for null, a backslash before whatever else is special. */
const readRow = (line: string): JournalRow =>
  line.includes('\\') ? line.split('\t').map(readField) : line.split('\t');

const special: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

const readField = (field: string): string | null =>
  field === '\\N' ? null : field.replace(/\\(.)/g, (_, letter: string) => special[letter] ?? letter);
