import { afterArgument, firstArgument, readPage, requireSignedIn, toConnection } from '@emporium/subgraph';
import { Arg, Ctx, Int, Mutation, Query, Resolver } from 'type-graphql';
import type { ShippingRateOutcome } from '../../application/checkout/keep-shipping-rates.ts';
import type { RuleOwner } from '../../application/checkout/rule-views.ts';
import type { UserId } from '../../application/ports.ts';
import { type Context, makerOf } from '../context.ts';
import { listByCountry } from '../lists/list-identity.ts';
import { refusalOf } from '../refusal-codes.ts';
import { readRateKey, readShippingRate, showShippingRate } from './read-shipping-rate.ts';
import {
  RemoveShippingRateInput,
  SetShippingRateInput,
  ShippingRateConnection,
  ShippingRateResult,
  ShippingRateType,
  shippingRateCodes,
} from './shipping-rate.type.ts';

const rateRefusal = refusalOf('ShippingRateRefusal', shippingRateCodes);

const answer = (outcome: ShippingRateOutcome) =>
  outcome.ok ? showShippingRate(outcome.rate) : rateRefusal(outcome.refusal);

type PageArguments = { first: number; after: string | null | undefined };

const pageOf = async (owner: RuleOwner, { first, after }: PageArguments, { app }: Context) => {
  const page = readPage(
    first,
    after,
    1,
    listByCountry(owner ? 'myShippingRates' : 'platformShippingRates'),
  );
  const rates = await app.rules.shippingRates(owner, {
    limit: page.limit + 1,
    after: page.after?.[0] ?? null,
  });
  return toConnection(rates, page, ({ country, id }) => [`${country}${id}`], showShippingRate);
};

/** What sending costs, as sellers and administrators say. */
@Resolver(() => ShippingRateType)
export class ShippingRateResolver {
  @Query(() => ShippingRateConnection, {
    description: 'What you ask for sending, by country. None: you send by the platform’s rates.',
  })
  myShippingRates(
    @Arg('first', () => Int, firstArgument) first: number,
    @Arg('after', () => String, afterArgument) after: string | null | undefined,
    @Ctx() context: Context,
  ) {
    return pageOf(requireSignedIn(context.viewer).id as UserId, { first, after }, context);
  }

  @Query(() => ShippingRateConnection, {
    description: 'What is asked for sending where a seller set no rates; for administrators.',
  })
  platformShippingRates(
    @Arg('first', () => Int, firstArgument) first: number,
    @Arg('after', () => String, afterArgument) after: string | null | undefined,
    @Ctx() context: Context,
  ) {
    return pageOf(null, { first, after }, context);
  }

  @Mutation(() => ShippingRateResult, {
    description:
      'Says what sending your goods to a country costs. From your first rate on you send only where you have one.',
  })
  async setShippingRate(
    @Arg('input', () => SetShippingRateInput, { description: 'Where to, how, and for how much.' })
    input: SetShippingRateInput,
    @Ctx() { app, viewer }: Context,
  ) {
    const by = makerOf(requireSignedIn(viewer));
    return answer(await app.setShippingRate(by, input.ofPlatform ?? false, readShippingRate(input)));
  }

  @Mutation(() => ShippingRateResult, {
    description: 'Takes a way of sending back. Without any you send by the platform’s rates again.',
  })
  async removeShippingRate(
    @Arg('input', () => RemoveShippingRateInput, { description: 'Which one.' })
    input: RemoveShippingRateInput,
    @Ctx() { app, viewer }: Context,
  ) {
    const by = makerOf(requireSignedIn(viewer));
    return answer(await app.removeShippingRate(by, input.ofPlatform ?? false, readRateKey(input)));
  }
}
