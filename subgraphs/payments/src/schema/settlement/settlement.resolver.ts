import {
  afterArgument,
  badUserInput,
  CurrencyCodeScalar,
  firstArgument,
  readPage,
  requireSignedIn,
  toConnection,
} from '@emporium/subgraph';
import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../context.ts';
import { Seller } from '../seller.type.ts';
import { readRates } from './read-rates.ts';
import {
  SettlementRateConnection,
  SettlementRatesInput,
  showSettlementRate,
} from './settlement-rate.type.ts';
import { refusedSettlement, SettlementRatesResult, SettlementResult } from './settlement-result.type.ts';

/** In which currency sellers are paid, and by which rates. Translates GraphQL to use cases and back. */
@Resolver(() => Seller)
export class SettlementResolver {
  @FieldResolver(() => CurrencyCodeScalar, {
    nullable: true,
    description:
      'The currency that this seller is paid in; null is that of each sale, as for anyone but the seller and ADMIN.',
  })
  settlementCurrency(@Root() { id }: Seller, @Ctx() { loaders }: Context): Promise<string | null> {
    return loaders.settlementCurrencyBySeller.load(id);
  }

  @Mutation(() => SettlementResult, {
    description:
      'Sets the currency that you are paid in for what is sold from now on. The rate is fixed when an order is paid; where no present rate is known then, that order is paid in its own currency.',
  })
  async setSettlementCurrency(
    @Arg('currency', () => CurrencyCodeScalar, {
      nullable: true,
      description: 'Which; the currency of each sale, without.',
    })
    currency: string | null | undefined,
    @Ctx() { app, viewer, loaders }: Context,
  ): Promise<typeof SettlementResult> {
    const { id } = requireSignedIn(viewer);
    const outcome = await app.setSettlementCurrency({ id, roles: viewer.roles }, currency ?? null);
    loaders.settlementCurrencyBySeller.clear(id);
    if (outcome.ok) return { __typename: 'Seller', id };
    return outcome.refusal === 'NO_RATE'
      ? refusedSettlement('NO_RATE', `No rate of ${currency} is known. Choose another currency.`)
      : refusedSettlement('NOT_A_SELLER', 'Only who sells is paid.');
  }

  @Query(() => SettlementRateConnection, {
    description: 'Every rate that sellers may be paid by, last set first; for ADMIN.',
  })
  async settlementRates(
    @Arg('first', () => Int, firstArgument) first: number | null,
    @Arg('after', () => String, afterArgument) after: string | null | undefined,
    @Ctx() { app }: Context,
  ): Promise<SettlementRateConnection> {
    const page = readPage(first, after, 1);
    const rates = await app.listExchangeRates({ limit: page.limit + 1, after: page.after?.[0] ?? null });
    return toConnection(rates, page, ({ id }) => [id], showSettlementRate);
  }

  @Mutation(() => SettlementRatesResult, {
    description:
      'ADMIN sets what one euro was on a day, all or nothing. What is set is never changed: the same again is no news, and another is refused.',
  })
  async setSettlementRates(
    @Arg('input', () => SettlementRatesInput, { description: 'The day and its rates.' })
    input: SettlementRatesInput,
    @Ctx() { app, viewer }: Context,
  ): Promise<typeof SettlementRatesResult> {
    const { id } = requireSignedIn(viewer);
    const outcome = await app.setExchangeRates(readRates(input), id);
    if (outcome.ok) return { __typename: 'SettlementRates', rates: outcome.rates.map(showSettlementRate) };
    if (outcome.refusal === 'DAY_TO_COME')
      throw badUserInput('Rates are of today or of a day before, in UTC.', 'input.onDate');
    return refusedSettlement(
      'OTHER_RATE',
      `Another rate of ${outcome.currency} is set for ${input.onDate}. Set one of another day.`,
    );
  }
}
