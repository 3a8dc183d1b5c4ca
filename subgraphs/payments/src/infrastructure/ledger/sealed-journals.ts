/** SQL for what a seal is made of: each journal's one text, and the hash over those of a few transactions. */

/** What the first seal follows. */
export const genesis = '0'.repeat(64);

/**
 * Journals with their entries as they are sealed: `position`, `transaction_id`, `journal_id`, how many `entries` it has, and
 * `text` in UTF-8. `where` is of columns of `audit_journal_head`. The text is in the canonical form of RFC 8785: no space, keys
 * in order, every value a text or null; `at` is milliseconds since 1970, an entry its position, account, currency and amount
 * in the order in which they were written. A journal that lost its entries still has a row. One that converts nothing has no
 * key for that: its text is as it was before any did.
 */
export const sealedJournals = (where: string): string => `
  SELECT position, transaction_id, journal_id, coalesce(counted, 0) AS entries,
    convert_to(CASE WHEN conversion IS NULL THEN ${json(columns())}
      ELSE ${json(columns(`${conversionInOrder} AS conversion,`))} END, 'UTF8') AS text
  FROM audit_journal_head
  LEFT JOIN (
    SELECT transaction_id, position, count(*) AS counted,
      array_agg(ARRAY[entry_position::text, account_id, currency, amount::text] ORDER BY entry_position) AS written
    FROM audit_journal JOIN audit_journal_head USING (journal_id) WHERE ${where} GROUP BY transaction_id, position
  ) AS moved USING (transaction_id, position)
  WHERE ${where}`;

/** The hash, in hexadecimal, of a group of `sealedJournals` which follows the hash that `previous` gives. */
export const sealHash = (previous: string): string => `
  encode(sha256(convert_to(${previous} || chr(10), 'UTF8')
    || string_agg(text || decode('0a', 'hex'), ''::bytea ORDER BY transaction_id, position)), 'hex')`;

/** The columns named, as one object: what row_to_json writes has no space and keeps their order. */
const json = (named: string): string =>
  `(SELECT row_to_json(journal) FROM (SELECT ${named}) AS journal)::text`;

const columns = (conversion = ''): string => `
  actor, (date_part('epoch', at) * 1000)::bigint::text AS at, cause, ${conversion} coalesce(written, '{}') AS entries,
  event_id AS "eventId", journal_id AS id, idempotency_key AS key, kind, order_id AS "orderId", position::text AS position,
  transaction_id::text AS transaction`;

const conversionInOrder = `
  CASE WHEN jsonb_typeof(conversion) = 'object' THEN '{' || coalesce((
    SELECT string_agg(to_json(key)::text || ':' || value, ',' ORDER BY key COLLATE "C") FROM jsonb_each(conversion)
  ), '') || '}' ELSE conversion::text END::json`;
