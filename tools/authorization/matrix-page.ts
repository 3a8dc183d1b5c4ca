import { type Row, seats } from '@emporium/subgraph';
import type { Matrices } from './matrix-of-all.ts';

const introduction = `# Who may see what

Generated from \`subgraphs/<name>/src/schema/policy.ts\` by \`npm run generate\`; change it there.
\`e2e/authorization\` walks every field of the supergraph from every seat by every path and compares what is answered with this page.

A **seat** is from where an object is looked at:

| Seat | Who sits there |
|---|---|
| anonymous | nobody is signed in |
| stranger | another BUYER |
| owner | who the object belongs to: the account's user, the order's buyer |
| rival | another SELLER |
| seller | the SELLER of the product, or with a shipment in the order; of an order they see their own part |
| support | SUPPORT: reads every order whole (lines, shipments, timeline, shipping address), its payment, and names of accounts; no e-mail address, no wallet, nothing off sale; changes nothing |
| admin | ADMIN |

A **path** is how a field is reached: from the root of a query, mutation or subscription; nested, on an object that one has; or by \`_entities\`, straight from its subgraph, as the gateway does.
On an object that one has, a field answers alike by whatever path the object was reached. A subscription is asked when it begins, and again for each event.

\`yes\` is the value, or whatever else the input and the state lead to; \`null\` is no value and no error; a code in capitals is an error; \`refusal\` is a member of the union with that code; \`left out\` is a list without it.
*own* leads to the receiver's own, where they sit as owner. *open* has no rule: whoever has the object sees the field.
The columns are for who sends no token. Who sends one of a guest's cart or order (\`cartToken\`, \`orderToken\`) has that cart or order as its owner, from whatever seat, but for SUPPORT, which changes nothing.
`;

/** The matrix for people: a table for each type of each subgraph. */
export const matrixPage = (matrices: Matrices): string =>
  [introduction, ...Object.entries(matrices).map(([name, rows]) => section(name, rows))].join('\n');

const section = (subgraph: string, rows: readonly Row[]): string => {
  const types = [...new Set(rows.map(({ type }) => type))].sort(byRoot);
  const tables = types.map((type) =>
    tableOf(
      type,
      rows.filter((row) => row.type === type),
    ),
  );
  return [`## ${subgraph}\n`, ...tables].join('\n');
};

const roots = ['Query', 'Mutation', 'Subscription'];
const rank = (type: string): number => (roots.includes(type) ? roots.indexOf(type) : roots.length);
const byRoot = (a: string, b: string): number => rank(a) - rank(b) || a.localeCompare(b, 'en');

const tableOf = (type: string, rows: readonly Row[]): string =>
  [
    `### ${type}\n`,
    `| Field | Path | Rule | ${seats.join(' | ')} |`,
    `|---|---|---|${seats.map(() => '---|').join('')}`,
    ...linesOf(rows),
    '',
  ].join('\n');

/** Fields that are answered alike share a line. */
const linesOf = (rows: readonly Row[]): readonly string[] => {
  const lines = new Map<string, string[]>();
  for (const row of rows) {
    const rest = restOf(row);
    lines.set(rest, [...(lines.get(rest) ?? []), row.field === '*' ? 'the object' : `\`${row.field}\``]);
  }
  return [...lines].map(([rest, fields]) => `| ${fields.join(', ')} | ${rest}`);
};

const restOf = ({ path, rule, when, own, cells }: Row): string => {
  const words = [rule, ...(when ? [`when ${when}`] : []), ...(own ? ['*own*'] : [])].join(', ');
  return `${path} | ${words} | ${seats.map((seat) => cells[seat]).join(' | ')} |`;
};
