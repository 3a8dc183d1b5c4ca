import type { Client } from 'pg';

const chunk = 5_000;

/** The outbox remembers long enough to make a lost stream anew; inboxes longer, so that what comes anew is known. */
const forget = [
  `DELETE FROM outbox WHERE id IN
     (SELECT id FROM outbox WHERE published_at < now() - interval '30 days' LIMIT ${chunk})`,
  `DELETE FROM inbox WHERE (consumer, event_id) IN
     (SELECT consumer, event_id FROM inbox WHERE handled_at < now() - interval '45 days' LIMIT ${chunk})`,
];

/** Deletes a few thousand rows that nobody needs any more. Says whether more may be left. */
export const forgetOldMessages = async (client: Client): Promise<boolean> => {
  let more = false;
  for (const statement of forget) {
    const { rowCount } = await client.query(statement);
    more ||= rowCount === chunk;
  }
  return more;
};
