import { Refusal, resolveType } from '@emporium/subgraph';
import { createUnionType, Field, ObjectType, registerEnumType } from 'type-graphql';
import type { ReconcileRefusal } from '../../application/reconcile-day.ts';
import type { ResolveRefusal } from '../../application/resolve-case.ts';
import { ReconciliationCase } from './case.type.ts';
import { Reconciliation } from './reconciliation.type.ts';

/** Why nothing came of it. */
export enum ReconciliationRefusalCode {
  DAY_NOT_BEGUN = 'DAY_NOT_BEGUN',
  ALREADY_RUNNING = 'ALREADY_RUNNING',
  REPORT_UNAVAILABLE = 'REPORT_UNAVAILABLE',
  REPORT_INCONSISTENT = 'REPORT_INCONSISTENT',
  NOT_FOUND = 'NOT_FOUND',
  ALREADY_CLOSED = 'ALREADY_CLOSED',
  INSUFFICIENT_FUNDS = 'INSUFFICIENT_FUNDS',
}

registerEnumType(ReconciliationRefusalCode, {
  name: 'ReconciliationRefusalCode',
  description: 'Why a day was not reconciled, or a case not closed.',
  valuesConfig: {
    DAY_NOT_BEGUN: { description: 'The day is still to come.' },
    ALREADY_RUNNING: { description: 'A report of that provider is being compared now.' },
    REPORT_UNAVAILABLE: { description: 'The provider gave no report.' },
    REPORT_INCONSISTENT: { description: 'The report contradicts itself, or cannot be read.' },
    NOT_FOUND: { description: 'There is no such case.' },
    ALREADY_CLOSED: { description: 'The case was closed before, and not like this.' },
    INSUFFICIENT_FUNDS: { description: 'The books hold less at the provider than the journal takes.' },
  },
});

const messages: Record<ReconciliationRefusalCode, string> = {
  DAY_NOT_BEGUN: 'This day has not begun.',
  ALREADY_RUNNING: 'A comparison with this provider is under way; ask again later.',
  REPORT_UNAVAILABLE: 'The provider gave no report; ask again later.',
  REPORT_INCONSISTENT: 'The provider’s report contradicts itself; ask again later.',
  NOT_FOUND: 'There is no such case.',
  ALREADY_CLOSED: 'This case was closed before, and not like this.',
  INSUFFICIENT_FUNDS: 'The books hold less at the provider than this journal takes.',
};

@ObjectType({ implements: Refusal, description: 'Why a day was not reconciled, or a case not closed.' })
export class ReconciliationRefusal extends Refusal {
  readonly __typename = 'ReconciliationRefusal';

  @Field(() => ReconciliationRefusalCode, { description: 'The reason, to act on.' })
  code!: `${ReconciliationRefusalCode}`;
}

export const refusalOf = (code: ReconcileRefusal | ResolveRefusal): ReconciliationRefusal => ({
  __typename: 'ReconciliationRefusal',
  code,
  message: messages[code],
});

export const ReconciliationResult = createUnionType({
  name: 'ReconciliationResult',
  description: 'The day as it compares now, or why it was not compared.',
  types: () => [Reconciliation, ReconciliationRefusal] as const,
  resolveType,
});

export const ReconciliationCaseResult = createUnionType({
  name: 'ReconciliationCaseResult',
  description: 'The case as it is now, or why it was not closed.',
  types: () => [ReconciliationCase, ReconciliationRefusal] as const,
  resolveType,
});
