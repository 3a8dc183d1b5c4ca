import type { RuleOwner } from '../../application/checkout/rule-views.ts';
import type { Tx } from '../database.ts';

/** Whoever counts an owner's rules is alone with them until the transaction ends, so that a limit holds for many at once. */
export const holdRules = async (tx: Tx, table: string, owner: RuleOwner): Promise<void> => {
  const name = `orders:${table} of ${owner ?? 'the platform'}`;
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`;
};
