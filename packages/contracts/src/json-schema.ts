import { z } from 'zod';
import type { EventDefinition } from './define-event.ts';
import * as contracts from './index.ts';

const isEvent = (value: unknown): value is EventDefinition =>
  typeof value === 'object' && value !== null && 'subject' in value && 'payload' in value;

/** Every published event's payload as JSON Schema (what travels, not what handlers see), by file name. */
export const eventSchemas = (): { file: string; schema: unknown }[] =>
  (Object.values(contracts) as unknown[]).filter(isEvent).map((event) => ({
    file: `${event.name}.v${event.version}.json`,
    schema: { title: event.subject, ...z.toJSONSchema(event.payload, { io: 'input' }) },
  }));
