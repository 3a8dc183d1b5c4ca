/** Journals with their entries, one row an entry, in the order in which they are sealed. */
import type { KeptConversion, KeptEntry, KeptJournal } from '../../domain/canonical-journal.ts';

/** A row of `journalRows`, all of it text. */
export type JournalRow = readonly (string | null)[];

/** For a `WHERE` on `head`. A journal that lost its entries still has a row. */
export const journalRows = (where: string): string => `
  SELECT head.position, head.transaction_id, head.journal_id, head.kind, head.cause, head.order_id, head.idempotency_key,
    head.event_id, head.actor, (extract(epoch FROM head.at) * 1000)::bigint AS at, head.conversion, entry_position, account_id, currency, amount
  FROM audit_journal_head head LEFT JOIN audit_journal entry ON entry.journal_id = head.journal_id
  WHERE ${where}
  ORDER BY head.transaction_id, head.position, entry_position`;

/** Gathers rows into journals; each is told when the next begins, the last at the end. */
export const gatherJournals = (tell: (journal: KeptJournal) => void) => {
  let journal: KeptJournal | null = null;
  let entries: KeptEntry[] = [];
  return {
    row: (row: JournalRow): void => {
      if (row[0] !== journal?.position) {
        if (journal) tell(journal);
        entries = [];
        journal = headOf(row, entries);
      }
      const position = row[11];
      if (position) entries.push([position, row[12] ?? '', row[13] ?? '', row[14] ?? '']);
    },
    end: (): void => {
      if (journal) tell(journal);
    },
  };
};

const headOf = (row: JournalRow, entries: readonly KeptEntry[]): KeptJournal => ({
  position: row[0] ?? '',
  transaction: row[1] ?? '',
  id: row[2] ?? '',
  kind: row[3] ?? '',
  cause: row[4] ?? '',
  orderId: row[5] ?? null,
  key: row[6] ?? '',
  eventId: row[7] ?? null,
  actor: row[8] ?? '',
  at: row[9] ?? '',
  conversion: row[10] ? (JSON.parse(row[10]) as KeptConversion) : null,
  entries,
});
