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
  /** In the order in which they were written. */
  readonly entries: readonly KeptEntry[];
};

/** Position, account, currency, amount. */
export type KeptEntry = readonly [position: string, account: string, currency: string, amount: string];

/** The one text of a journal, in the canonical form of RFC 8785: no space, keys in order, every value a text or null. */
export const canonicalJournal = (journal: KeptJournal): string => {
  const { actor, at, cause, entries, eventId, id, key, kind, orderId, position, transaction } = journal;
  return JSON.stringify({
    actor,
    at,
    cause,
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
