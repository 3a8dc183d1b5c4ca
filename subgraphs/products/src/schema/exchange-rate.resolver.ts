import { badUserInput, requireSignedIn } from '@emporium/subgraph';
import { Arg, Ctx, Directive, Mutation, Query, Resolver } from 'type-graphql';
import { isDay, quoteProblem, rateProblem } from '../domain/exchange-rate-limits.ts';
import { type Context, readAfresh } from './context.ts';
import { ExchangeRate, ExchangeRatesInput, showRate } from './exchange-rate.type.ts';

/** What currencies are worth: everybody sees it, administrators say it. */
@Resolver()
export class ExchangeRateResolver {
  @Directive('@cacheControl(maxAge: 60, scope: PUBLIC)')
  @Query(() => [ExchangeRate], {
    description: 'The newest rate of each currency that prices are shown in, by currency.',
  })
  async exchangeRates(@Ctx() { loaders }: Context): Promise<ExchangeRate[]> {
    return (await loaders.exchangeRates()).map(showRate);
  }

  @Mutation(() => [ExchangeRate], {
    description:
      'Sets rates of a day, and answers all of that day. Nothing is overwritten: what was set before stays on record, and the last one counts. For ADMIN.',
  })
  async setExchangeRates(
    @Arg('input', () => ExchangeRatesInput, { description: 'The day and its rates.' })
    { onDate, rates }: ExchangeRatesInput,
    @Ctx() context: Context,
  ): Promise<ExchangeRate[]> {
    const by = requireSignedIn(context.viewer);
    checkRates(onDate, rates);
    const wanted = rates.map(({ quote, rate }) => ({ quote, rate: plain(rate) }));
    const outcome = await context.app.setExchangeRates(onDate, wanted, by);
    if (!outcome.ok) throw badUserInput('Rates are of today or of a day before, in UTC.', 'input.onDate');
    readAfresh(context);
    return outcome.rates.map(showRate);
  }
}

const checkRates = (onDate: string, rates: ExchangeRatesInput['rates']): void => {
  if (!isDay(onDate)) throw badUserInput('A day looks like "2026-01-31".', 'input.onDate');
  if (rates.length === 0) throw badUserInput('Set at least one rate.', 'input.rates');
  const seen = new Set<string>();
  for (const [index, { quote, rate }] of rates.entries()) {
    const problem = quoteProblem(quote) ?? (seen.has(quote) ? `${quote} occurs twice.` : null);
    if (problem !== null) throw badUserInput(problem, `input.rates.${index}.quote`);
    const wrong = rateProblem(rate);
    if (wrong !== null) throw badUserInput(wrong, `input.rates.${index}.rate`);
    seen.add(quote);
  }
};

/** As the database shows it: "01.50" is "1.5". */
const plain = (decimal: string): string =>
  decimal
    .replace(/^0+(?=\d)/, '')
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');
