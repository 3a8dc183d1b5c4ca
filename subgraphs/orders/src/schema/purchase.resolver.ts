import { afterArgument, badUserInput, firstArgument, readPage, toConnection } from '@emporium/subgraph';
import { Arg, Ctx, Int, Query, Resolver } from 'type-graphql';
import type { PurchaseFilter } from '../application/reads.ts';
import type { Context } from './context.ts';
import { listByStep } from './lists/list-identity.ts';
import { PurchaseConnection, PurchaseFilterInput, PurchaseType } from './purchase.type.ts';

const readFilter = (filter: PurchaseFilterInput | null | undefined): PurchaseFilter => {
  const { step = null, parked = null, olderThanSeconds = null } = filter ?? {};
  if (olderThanSeconds !== null && olderThanSeconds < 0) {
    throw badUserInput('`olderThanSeconds` must be 0 or more.', 'filter.olderThanSeconds');
  }
  return { step, parked, olderThanSeconds };
};

/** Translates GraphQL to use cases and back. Knows no rule, no table, no broker. */
@Resolver(() => PurchaseType)
export class PurchaseResolver {
  @Query(() => PurchaseConnection, {
    description: 'Purchases that wait for an answer, oldest first; for ADMIN.',
  })
  async purchases(
    @Arg('filter', () => PurchaseFilterInput, { nullable: true, description: 'Which; all, without one.' })
    filter: PurchaseFilterInput | null | undefined,
    @Arg('first', () => Int, firstArgument) first: number,
    @Arg('after', () => String, afterArgument) after: string | null | undefined,
    @Ctx() { app }: Context,
  ) {
    const page = readPage(first, after, 2, listByStep('purchases'));
    const [orderId, step] = page.after ?? [];
    const rows = await app.reads.purchases(readFilter(filter), {
      limit: page.limit + 1,
      after: orderId !== undefined && step !== undefined ? { orderId, step } : null,
    });
    return toConnection(
      rows,
      page,
      (row) => [row.orderId, row.step],
      (row) => row,
    );
  }
}
