import type { Sql } from '@emporium/messaging';

/**
 * For the rest of a transaction that reads ranges, or all there is: its statements are planned for what they find, whatever
 * the session says of those that read by key (`plannedOnce`).
 */
export const planForRanges = async (sql: Sql): Promise<void> => {
  await sql.$queryRawUnsafe(
    `SELECT set_config('plan_cache_mode', 'auto', true), set_config('enable_seqscan', 'on', true),
       set_config('enable_hashjoin', 'on', true), set_config('enable_mergejoin', 'on', true)`,
  );
};
