import type { Client } from 'pg';
import { type Finding, type RuleGroup, shown } from './ledger-rule.ts';
import { ruleGroups } from './rules.ts';

/** All rules, of which each connection that asks takes the next until none is left. */
export const startRules = () => {
  const found: Finding[][] = [];
  let next = 0;
  return {
    count: ruleGroups.flatMap(({ rules }) => rules).length,
    ask: async (client: Client): Promise<void> => {
      while (next < ruleGroups.length) {
        const index = next++;
        found[index] = await checkGroup(client, ruleGroups[index] ?? { rules: [] });
      }
    },
    /** Whatever does not hold, in the order of the rules. */
    findings: (): Finding[] => found.flat(),
  };
};

const checkGroup = async (client: Client, { shared, rules }: RuleGroup): Promise<Finding[]> => {
  const asked = rules.map(
    ({ sql }, index) => `(SELECT ${index} AS index, what FROM (${sql}) AS broken LIMIT ${shown})`,
  );
  const { rows } = await client.query<{ index: number; what: string }>(
    `${shared ? `WITH ${shared} ` : ''}${asked.join(' UNION ALL ')}`,
  );
  return rules
    .map(({ rule }, index) => ({
      rule,
      what: rows.filter((row) => row.index === index).map(({ what }) => what),
    }))
    .filter(({ what }) => what.length > 0);
};
