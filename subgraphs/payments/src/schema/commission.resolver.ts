import { asId, asInstant, type Instant } from '@emporium/domain';
import {
  afterArgument,
  badUserInput,
  firstArgument,
  readPage,
  requireSignedIn,
  toConnection,
} from '@emporium/subgraph';
import { Arg, Ctx, Int, Mutation, Query, Resolver } from 'type-graphql';
import { CommissionRate, CommissionRateConnection, CommissionRateInput } from './commission.type.ts';
import type { Context } from './context.ts';

/** Translates GraphQL to use cases and back. Knows no rule, no table. */
@Resolver(() => CommissionRate)
export class CommissionResolver {
  @Query(() => CommissionRateConnection, {
    description: 'Every rate that was set, last set first; for ADMIN.',
  })
  async commissionRates(
    @Arg('first', () => Int, firstArgument) first: number | null,
    @Arg('after', () => String, afterArgument) after: string | null | undefined,
    @Ctx() { app }: Context,
  ): Promise<CommissionRateConnection> {
    const page = readPage(first, after, 1);
    const rates = await app.listCommissionRates({
      limit: page.limit + 1,
      after: page.after?.[0] ?? null,
    });
    return toConnection(
      rates,
      page,
      ({ id }) => [id],
      (rate) => rate,
    );
  }

  @Mutation(() => CommissionRate, {
    description:
      'ADMIN sets what the marketplace keeps of what is sold from then on; what was sold before stays as it was.',
  })
  async setCommissionRate(
    @Arg('input', () => CommissionRateInput, { description: 'How much, of what.' })
    { sellerId, currency, basisPoints, validFrom }: CommissionRateInput,
    @Ctx() { app, viewer }: Context,
  ): Promise<CommissionRate> {
    const { id } = requireSignedIn(viewer);
    const wish = {
      sellerId: sellerId == null ? null : asId<'User'>(sellerId),
      currency: currency ?? null,
      basisPoints: readBasisPoints(basisPoints),
      validFrom: readInstant(validFrom),
    };
    const outcome = await app.setCommissionRate(wish, asId(id));
    if (!outcome.ok) throw badUserInput('A rate cannot begin in the past.', 'input.validFrom');
    return outcome.rate;
  }
}

const readBasisPoints = (given: number | null | undefined): number | null => {
  if (given != null && (given < 0 || given > 10_000))
    throw badUserInput('`basisPoints` must be 0 to 10,000.', 'input.basisPoints');
  return given ?? null;
};

/** Postgres knows no year beyond. */
const latest = Date.UTC(9999, 0);

const readInstant = (text: string | null | undefined): Instant | null =>
  text == null ? null : asInstant(new Date(Math.min(Date.parse(text), latest)).toISOString());
