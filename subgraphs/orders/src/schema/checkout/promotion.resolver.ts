import { afterArgument, firstArgument, readPage, requireSignedIn, toConnection } from '@emporium/subgraph';
import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import type { PromotionOutcome } from '../../application/checkout/keep-promotions.ts';
import type { PromotionId } from '../../application/checkout/ports.ts';
import type { RuleOwner } from '../../application/checkout/rule-views.ts';
import type { UserId } from '../../application/ports.ts';
import { type Context, makerOf } from '../context.ts';
import { listById } from '../lists/list-identity.ts';
import { refusalOf } from '../refusal-codes.ts';
import {
  CreatePromotionInput,
  PromotionConnection,
  PromotionResult,
  PromotionType,
  promotionCodes,
} from './promotion.type.ts';
import { readPromotion, showPromotion } from './read-promotion.ts';

const promotionRefusal = refusalOf('PromotionRefusal', promotionCodes);

const answer = (outcome: PromotionOutcome) =>
  outcome.ok ? showPromotion(outcome.promotion) : promotionRefusal(outcome.refusal);

type PageArguments = { first: number; after: string | null | undefined };

const pageOf = async (owner: RuleOwner, { first, after }: PageArguments, { app }: Context) => {
  const page = readPage(first, after, 1, listById(owner ? 'myPromotions' : 'platformPromotions'));
  const promotions = await app.rules.promotions(owner, {
    limit: page.limit + 1,
    after: page.after?.[0] ?? null,
  });
  return toConnection(promotions, page, ({ id }) => [id], showPromotion);
};

/** What is taken off, as sellers and administrators say. */
@Resolver(() => PromotionType)
export class PromotionResolver {
  @Query(() => PromotionConnection, { description: 'Promotions of your own, newest first.' })
  myPromotions(
    @Arg('first', () => Int, firstArgument) first: number,
    @Arg('after', () => String, afterArgument) after: string | null | undefined,
    @Ctx() context: Context,
  ) {
    return pageOf(requireSignedIn(context.viewer).id as UserId, { first, after }, context);
  }

  @Query(() => PromotionConnection, {
    description: 'Promotions of the platform, newest first; for administrators.',
  })
  platformPromotions(
    @Arg('first', () => Int, firstArgument) first: number,
    @Arg('after', () => String, afterArgument) after: string | null | undefined,
    @Ctx() context: Context,
  ) {
    return pageOf(null, { first, after }, context);
  }

  @Mutation(() => PromotionResult, {
    description: 'Takes something off: a seller off their own goods, an administrator off all.',
  })
  async createPromotion(
    @Arg('input', () => CreatePromotionInput, { description: 'What, with which code, and when.' })
    input: CreatePromotionInput,
    @Ctx() { app, viewer }: Context,
  ) {
    const by = makerOf(requireSignedIn(viewer));
    const wanted = readPromotion(input, await app.now());
    return answer(await app.createPromotion(by, input.ofPlatform ?? false, wanted));
  }

  @Mutation(() => PromotionResult, {
    description: 'Ends a promotion now; orders keep what it took off. Its code stays taken.',
  })
  async endPromotion(
    @Arg('promotionId', () => ID, { description: 'One of your own, unless you are an administrator.' })
    promotionId: string,
    @Ctx() { app, viewer }: Context,
  ) {
    return answer(await app.endPromotion(makerOf(requireSignedIn(viewer)), promotionId as PromotionId));
  }
}
