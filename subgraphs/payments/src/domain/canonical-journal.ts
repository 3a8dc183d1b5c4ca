/** A journal as it stands in the books. Numbers are text, as Postgres writes them; `at` is milliseconds since 1970. */
export type KeptJournal = {
  readonly position: string;
  readonly transaction: string;
  readonly id: string;
  readonly kind: string;
  readonly cause: string;
  readonly orderId: string | null;
  readonly key: string;
  readonly eventId: string | null;
  readonly actor: string;
  readonly at: string;
  /** What it says of a rate that money was converted by; null of a journal of one currency. */
  readonly conversion: KeptConversion | null;
  /** In the order in which they were written. */
  readonly entries: readonly KeptEntry[];
};

/** Every value is a text or null. */
export type KeptConversion = Readonly<Record<string, string | null>>;

/** Position, account, currency, amount. */
export type KeptEntry = readonly [position: string, account: string, currency: string, amount: string];

/**
 * The one text of a journal, in the canonical form of RFC 8785: no space, keys in order, every value a text or null. A journal
 * that converts nothing has no key for that: its text is as it was before any did.
 */
export const canonicalJournal = (journal: KeptJournal): string => {
  const { actor, at, cause, conversion, entries, eventId, id, key, kind, orderId, position, transaction } =
    journal;
  return JSON.stringify({
    actor,
    at,
    cause,
    ...(conversion && { conversion: inOrder(conversion) }),
    entries,
    eventId,
    id,
    key,
    kind,
    orderId,
    position,
    transaction,
  });
};

const inOrder = (conversion: KeptConversion): KeptConversion =>
  Object.fromEntries(Object.entries(conversion).toSorted(([a], [b]) => (a < b ? -1 : 1)));
