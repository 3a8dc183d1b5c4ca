import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { eventSchemas } from './json-schema.ts';

const folder = path.resolve(import.meta.dirname, '../../../schema/events');

describe('a published event', () => {
  it.each(eventSchemas())('never changes within its version: $file', ({ file, schema }) => {
    expect(schema).toEqual(JSON.parse(readFileSync(path.join(folder, file), 'utf8')));
  });
  it('is never withdrawn', () => {
    expect(
      eventSchemas()
        .map(({ file }) => file)
        .toSorted(),
    ).toEqual(readdirSync(folder).toSorted());
  });
});
