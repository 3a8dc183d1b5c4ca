import { asId } from '@emporium/domain';
import type { VariantId } from '../domain/ids.ts';

/** The id, or null for what no variant can be called: it need not be looked for, and Postgres could not read all of it. */
export const readVariantId = (text: string): VariantId | null =>
  /^[\w-]{1,64}$/.test(text) ? asId<'Variant'>(text) : null;
