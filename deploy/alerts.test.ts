import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { createMetrics as createGatewayMetrics } from '../gateway/src/metrics.ts';
import { createMetrics as createMessagingMetrics } from '../packages/messaging/src/metrics.ts';
import { createRegistry } from '../packages/subgraph/src/index.ts';
import { createOperationsMetrics } from '../packages/subgraph/src/operations/operations-metrics.ts';
import { createPurchaseMetrics } from '../subgraphs/orders/src/infrastructure/purchase-metrics.ts';
import { createLedgerMetrics } from '../subgraphs/payments/src/infrastructure/ledger/ledger-metrics.ts';
import { measureMoney } from '../subgraphs/payments/src/infrastructure/money-metrics.ts';
import { measureReconciliation } from '../subgraphs/payments/src/infrastructure/reconciliation/reconciliation-metrics.ts';

type Rule = {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly runbook_url: string };
};

const root = path.resolve(import.meta.dirname, '..');
const { groups }: { groups: readonly { readonly rules: readonly Rule[] }[] } = parse(
  readFileSync(path.join(root, 'deploy/prometheus/alerts.yml'), 'utf8'),
);
const rules = groups.flatMap((group) => group.rules);

/** What the services register, with the suffixes that histograms have. */
const exported = async (): Promise<ReadonlySet<string>> => {
  const subgraph = createRegistry('test');
  createMessagingMetrics(subgraph);
  createOperationsMetrics({ sql: {} as never, messaging: {} as never }, subgraph);
  createPurchaseMetrics({} as never, subgraph);
  createLedgerMetrics(subgraph);
  measureReconciliation(subgraph, {} as never);
  measureMoney(subgraph, {} as never);
  const names = [subgraph, createGatewayMetrics().registry].flatMap((registry) =>
    registry.getMetricsAsArray().map(({ name }) => name),
  );
  return new Set(names.flatMap((name) => [name, `${name}_bucket`, `${name}_sum`, `${name}_count`]));
};

/** Of the language, and Prometheus' own. */
const words = new Set(['sum', 'max', 'min', 'rate', 'increase', 'delta', 'time', 'up']);

/** Every name of an expression that is no label, no text and no span of time. */
const metricsIn = (expr: string): readonly string[] => {
  const bare = expr
    .replaceAll(/\{[^}]*\}/g, '')
    .replaceAll(/\[[^\]]*\]/g, '')
    .replaceAll(/\b(by|without|on|ignoring)\s*\([^)]*\)/g, '');
  return [...bare.matchAll(/[a-z_:][\w:]*/gi)].map(([name]) => name).filter((name) => !words.has(name));
};

const kebab = (name: string) => name.replaceAll(/(?<!^)[A-Z]/g, '-$&').toLowerCase();

describe.each(rules)('the alert $alert', ({ alert, expr, for: wait, labels, annotations }) => {
  it('asks for what some service shows', async () => {
    const names = await exported();
    expect(metricsIn(expr).filter((name) => !names.has(name))).toEqual([]);
    expect(metricsIn(expr).length + Number(/\bup\b/.test(expr))).toBeGreaterThan(0);
  });

  it('says how urgent it is, and what is the matter', () => {
    expect(['page', 'ticket']).toContain(labels.severity);
    expect(wait).toMatch(/^\d+[smh]$/);
    expect(annotations.summary).toMatch(/\.$/);
  });

  it('has a page that says what to do', () => {
    expect(annotations.runbook_url).toBe(`docs/runbooks/${kebab(alert)}.md`);
    const page = readFileSync(path.join(root, annotations.runbook_url), 'utf8');
    expect(page).toMatch(new RegExp(`^# ${alert}\n`));
    for (const part of ['What it means', 'How to look', 'What to do', 'When it ends'])
      expect(page).toContain(`**${part}.**`);
    for (const [, linked = ''] of page.matchAll(/\]\(([\w-]+\.md)\)/g))
      expect(existsSync(path.join(root, 'docs/runbooks', linked)), linked).toBe(true);
  });
});

it('has no page without an alert', () =>
  expect(readdirSync(path.join(root, 'docs/runbooks')).toSorted()).toEqual(
    rules.map(({ alert }) => `${kebab(alert)}.md`).toSorted(),
  ));
