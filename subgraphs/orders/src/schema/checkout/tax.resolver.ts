import {
  afterArgument,
  badUserInput,
  firstArgument,
  readPage,
  requireSignedIn,
  toConnection,
} from '@emporium/subgraph';
import { Arg, Ctx, Int, Mutation, Query, Resolver } from 'type-graphql';
import type { NewTaxRule, TaxRuleView } from '../../application/checkout/rule-views.ts';
import type { VariantId } from '../../application/ports.ts';
import { standardCategory } from '../../domain/checkout/rules.ts';
import { type Context, makerOf } from '../context.ts';
import { listById } from '../lists/list-identity.ts';
import { readInstant } from '../read-instant.ts';
import { readText } from '../read-text.ts';
import { refusalOf } from '../refusal-codes.ts';
import { readPercent, showPercent } from './percent.ts';
import { readRegion } from './read-destination.ts';
import {
  SetTaxCategoryInput,
  SetTaxRuleInput,
  TaxCategoryResult,
  TaxRuleConnection,
  TaxRuleType,
  taxCategoryCodes,
} from './tax.type.ts';

const categoryRefusal = refusalOf('TaxCategoryRefusal', taxCategoryCodes);

const readCategory = (value: string): string => {
  if (!/^[A-Z][A-Z\d_]{0,31}$/.test(value)) {
    throw badUserInput('`category` must be 1 to 32 capitals, digits and underscores.', 'input.category');
  }
  return value;
};

/** Checks what a client could have checked alone. */
const readTaxRule = (input: SetTaxRuleInput): NewTaxRule => {
  const ratePpm = readPercent(input.rate);
  if (ratePpm === null)
    throw badUserInput('`rate` must be 0 to 100 with up to four decimals.', 'input.rate');
  return {
    country: input.country,
    region: readRegion(input.region, input.country, 'input.region'),
    category: readCategory(input.category ?? standardCategory),
    name: readText(input.name, 100, 'input.name'),
    ratePpm,
    inclusive: input.inclusive,
    validFrom: readInstant(input.validFrom),
  };
};

const showTaxRule = ({ ratePpm, ...rule }: TaxRuleView) => ({ ...rule, rate: showPercent(ratePpm) });

/** Taxes, as administrators say, and what sellers say of their goods. */
@Resolver(() => TaxRuleType)
export class TaxResolver {
  @Query(() => TaxRuleConnection, { description: 'All tax rules, the last set first; for administrators.' })
  async taxRules(
    @Arg('first', () => Int, firstArgument) first: number,
    @Arg('after', () => String, afterArgument) after: string | null | undefined,
    @Ctx() { app }: Context,
  ) {
    const page = readPage(first, after, 1, listById('taxRules'));
    const rules = await app.rules.taxRules({ limit: page.limit + 1, after: page.after?.[0] ?? null });
    return toConnection(rules, page, ({ id }) => [id], showTaxRule);
  }

  @Mutation(() => TaxRuleType, {
    description: 'Adds a tax rule. Those before it stay on record; orders name the one that they used.',
  })
  async setTaxRule(
    @Arg('input', () => SetTaxRuleInput, { description: 'Where, of what, and how much.' })
    input: SetTaxRuleInput,
    @Ctx() { app }: Context,
  ) {
    return showTaxRule(await app.setTaxRule(readTaxRule(input)));
  }

  @Mutation(() => TaxCategoryResult, {
    description: 'Says of which category a variant’s goods are for taxes; for its seller.',
  })
  async setTaxCategory(
    @Arg('input', () => SetTaxCategoryInput, { description: 'The variant and its category.' })
    input: SetTaxCategoryInput,
    @Ctx() { app, viewer }: Context,
  ) {
    const by = makerOf(requireSignedIn(viewer));
    const category = readCategory(input.category);
    const outcome = await app.setTaxCategory(by, input.variantId as VariantId, category);
    if (!outcome.ok) return categoryRefusal(outcome.refusal);
    return { __typename: 'VariantTaxCategory', variantId: outcome.variantId, category };
  }
}
