import {
  afterArgument,
  badUserInput,
  firstArgument,
  readPage,
  requireRecentProof,
  showMoney,
  toConnection,
} from '@emporium/subgraph';
import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { App } from '../../application/app.ts';
import type { Context } from '../context.ts';
import { readText } from '../read-text.ts';
import { ReconciliationCaseStatus, showCase } from './case.type.ts';
import { ResolveReconciliationCaseInput, readDay } from './reconciliation.input.ts';
import {
  Reconciliation,
  ReconciliationCaseConnection,
  ReconciliationDayConnection,
} from './reconciliation.type.ts';
import { ReconciliationCaseResult, ReconciliationResult, refusalOf } from './reconciliation-result.type.ts';

const dateArgument = { description: 'The day, UTC: `2026-11-26`.' };

/** Translates GraphQL to use cases and back. Knows no rule, no table, no provider. */
@Resolver(() => Reconciliation)
export class ReconciliationResolver {
  @Query(() => Reconciliation, {
    nullable: true,
    description: 'How a day compares with the providers’ reports; null when it was never run. For ADMIN.',
  })
  reconciliation(
    @Arg('date', () => String, dateArgument) date: string,
    @Ctx() { app }: Context,
  ): Promise<Reconciliation | null> {
    return find(app, readDay(date, 'date'));
  }

  @FieldResolver(() => ReconciliationCaseConnection, { description: 'Its differences, first found first.' })
  async cases(
    @Root() { date }: Reconciliation,
    @Arg('status', () => [ReconciliationCaseStatus], {
      nullable: true,
      description: 'Which; all, without.',
    })
    statuses: `${ReconciliationCaseStatus}`[] | null | undefined,
    @Arg('first', () => Int, firstArgument) first: number | null,
    @Arg('after', () => String, afterArgument) after: string | null | undefined,
    @Ctx() { app }: Context,
  ): Promise<ReconciliationCaseConnection> {
    const page = readPage(first, after, 1);
    const wanted = { limit: page.limit + 1, after: page.after?.[0] ?? null };
    const cases = await app.reconciliationCases(date, statuses ?? null, wanted);
    return toConnection(cases, page, ({ id }) => [id], showCase);
  }

  @Query(() => ReconciliationDayConnection, {
    description: 'Days that have differences which nobody has closed, latest first; for ADMIN.',
  })
  async reconciliationDays(
    @Arg('first', () => Int, firstArgument) first: number | null,
    @Arg('after', () => String, afterArgument) after: string | null | undefined,
    @Ctx() { app }: Context,
  ): Promise<ReconciliationDayConnection> {
    const page = readPage(first, after, 1);
    const last = page.after?.[0] ?? null;
    const days = await app.reconciliationDays({
      limit: page.limit + 1,
      after: last === null ? null : readDay(last, 'after'),
    });
    return toConnection(
      days,
      page,
      ({ day }) => [day],
      ({ day, openCases }) => ({ date: day, openCases }),
    );
  }

  @Mutation(() => ReconciliationResult, {
    description:
      'ADMIN compares a day with the providers’ reports now. A day that is not over is compared as far as it has come.',
  })
  async reconcile(
    @Arg('date', () => String, dateArgument) date: string,
    @Ctx() { app }: Context,
  ): Promise<typeof ReconciliationResult> {
    const day = readDay(date, 'date');
    const refusal = await app.reconcile(day);
    return refusal
      ? refusalOf(refusal)
      : ((await find(app, day)) ?? { __typename: 'Reconciliation', date: day, runs: [] });
  }

  @Mutation(() => ReconciliationCaseResult, {
    description:
      'ADMIN closes a difference: posts the suggested journal, once, or lets it stand. It needs a proof of the last 10 minutes, as `withdraw` does: without it, an error STEP_UP_REQUIRED.',
  })
  async resolveReconciliationCase(
    @Arg('input', () => ResolveReconciliationCaseInput, { description: 'Which, how, and why.' })
    { caseId, action, reason }: ResolveReconciliationCaseInput,
    @Ctx() { app, viewer }: Context,
  ): Promise<typeof ReconciliationCaseResult> {
    const wish = { caseId: readId(caseId), action, reason: readText(reason, 'reason', 500) };
    const { id: userId } = requireRecentProof(viewer, await app.now());
    const outcome = await app.resolveCase({ userId, ...wish });
    return outcome.ok ? showCase(outcome.case) : refusalOf(outcome.refusal);
  }
}

const readId = (id: string): string => {
  if (id.includes('\0')) throw badUserInput('`caseId` must be an id.', 'input.caseId');
  return id;
};

const find = async (app: App, day: string): Promise<Reconciliation | null> => {
  const runs = await app.reconciliationRuns(day);
  if (runs.length === 0) return null;
  return {
    __typename: 'Reconciliation',
    date: day,
    runs: runs.map(({ totals, ...run }) => ({
      ...run,
      totals: totals.map((total) => ({
        ...total,
        reported: showMoney(total.reported),
        booked: showMoney(total.booked),
        fees: showMoney(total.fees),
      })),
    })),
  };
};
