import { badUserInput, readPage } from '@emporium/subgraph';
import {
  allEvents,
  type SecurityEventFilter as Filter,
  type SecurityEventPosition,
} from '../../application/abuse/list-security-events.ts';
import type { SecurityEventFilter } from './security-event.type.ts';

/** Years that both ISO 8601 and Postgres can say; nothing happened outside of them. */
const [earliest, latest] = [0, Date.UTC(9999, 0)];

const readInstant = (text: string | null | undefined): string | null =>
  text ? new Date(Math.min(Math.max(Date.parse(text), earliest), latest)).toISOString() : null;

/** BAD_USER_INPUT for a time that ends before it begins. */
export const readFilter = (filter: SecurityEventFilter | null | undefined): Filter => {
  if (!filter) return allEvents;
  const [from, to] = [readInstant(filter.from), readInstant(filter.to)];
  if (from !== null && to !== null && from > to)
    throw badUserInput('`from` must not be later than `to`.', 'filter.from');
  return { userId: filter.userId ?? null, kind: filter.kind ?? null, from, to };
};

export const readEventsPage = (first: number | null | undefined, after: string | null | undefined) => {
  const page = readPage(first, after, 2);
  return { page, before: page.after && readPosition(page.after) };
};

const readPosition = ([at = '', id = '']: readonly string[]): SecurityEventPosition => {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(at) || Number.isNaN(Date.parse(at)))
    throw badUserInput('`after` must be an `endCursor` of this list.', 'after');
  return { at: readInstant(at) as string, id };
};
