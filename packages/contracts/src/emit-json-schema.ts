/** Writes the JSON Schema of every event to `schema/events/`, one file each. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { eventSchemas } from './json-schema.ts';

const folder = path.resolve(import.meta.dirname, '../../../schema/events');
mkdirSync(folder, { recursive: true });
for (const { file, schema } of eventSchemas()) {
  writeFileSync(path.join(folder, file), `${JSON.stringify(schema, null, 2)}\n`);
}
