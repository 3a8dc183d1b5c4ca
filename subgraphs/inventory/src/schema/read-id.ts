import { asId } from '@emporium/domain';
import type { LocationId, VariantId } from '../domain/ids.ts';

const isId = (text: string): boolean => /^[\w-]{1,64}$/.test(text);

/** The id, or null for what no variant can be called: it need not be looked for, and Postgres could not read all of it. */
export const readVariantId = (text: string): VariantId | null =>
  isId(text) ? asId<'Variant'>(text) : null;

/** What cannot be an id is looked up as the empty one, which nothing has. */
export const readId = (text: string): string => (isId(text) ? text : '');

export const readLocationId = (text: string): LocationId => asId<'Location'>(readId(text));
