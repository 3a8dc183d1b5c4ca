import { decodeEvent, type EventDefinition } from '@emporium/contracts';
import type { Delivery } from './broker.ts';
import { reasonOf } from './failure.ts';
import type { Readable } from './inbox.ts';

/** A message that breaks its contract: no retry can mend it. */
export type Malformed = {
  readonly eventId: string;
  readonly subject: string;
  readonly envelope: unknown;
  readonly reason: string;
};

/** What of a delivery there is to read. */
export type Carried = Pick<Delivery, 'id' | 'subject' | 'sequence' | 'text'>;

/** jsonb takes neither NUL nor half a surrogate pair, though JSON does. */
const unstorable = /\\u(0000|d[89a-f][0-9a-f]{2})/i;

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const storable = (text: string): unknown => {
  const parsed = unstorable.test(text) ? undefined : parse(text);
  return parsed === undefined ? { base64: Buffer.from(text).toString('base64') } : parsed;
};

const idOf = ({ id, subject, sequence }: Carried, envelope: unknown): string => {
  const own =
    typeof envelope === 'object' && envelope !== null && 'id' in envelope ? envelope.id : undefined;
  const named = typeof own === 'string' && own !== '' && !own.includes('\0') ? own : id;
  return named ?? `${subject}#${sequence}`;
};

/** Reads a message by its contract. */
export const readMessage = (
  event: EventDefinition,
  delivery: Carried,
):
  | { readonly ok: true; readonly message: Readable }
  | { readonly ok: false; readonly malformed: Malformed } => {
  const { subject, text } = delivery;
  const envelope = storable(text);
  try {
    return { ok: true, message: { received: decodeEvent(event, JSON.parse(text)), subject, envelope } };
  } catch (error) {
    return {
      ok: false,
      malformed: {
        eventId: idOf(delivery, envelope),
        subject,
        envelope,
        reason: `malformed: ${reasonOf(error)}`,
      },
    };
  }
};
