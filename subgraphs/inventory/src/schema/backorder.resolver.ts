import { asId } from '@emporium/domain';
import { badUserInput, requireSignedIn } from '@emporium/subgraph';
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { BackorderRefusal as Refused } from '../application/set-backorder.ts';
import {
  Backorder,
  BackorderInput,
  type BackorderRefusal,
  BackorderRefusalCode,
  BackorderResult,
} from './backorder.types.ts';
import { actorOf, type Context } from './context.ts';
import { ProductVariant } from './product-variant.type.ts';
import { readId, readVariantId } from './read-id.ts';

const highestLimit = 1_000_000;

const messages: Record<Refused, string> = {
  NOT_FOUND: 'There is no such variant, or it is not yours.',
  SELLER_SUSPENDED: 'Your shop is suspended, or not yet open: `me { seller { status reason } }` says why.',
};

/** What can be ordered before it is there. */
@Resolver(() => ProductVariant)
export class BackorderResolver {
  @Mutation(() => BackorderResult, {
    description:
      'Says whether one of your variants can be ordered beyond what is there; administrators may for any.',
  })
  async setBackorder(
    @Arg('input', () => BackorderInput, { description: 'The variant, whether, and how far.' })
    { variantId: id, allowed, limit }: BackorderInput,
    @Ctx() { app, viewer }: Context,
  ): Promise<ProductVariant | BackorderRefusal> {
    const actor = actorOf(requireSignedIn(viewer));
    if (limit != null && (limit < 1 || limit > highestLimit)) {
      throw badUserInput(`\`limit\` must be 1 to ${highestLimit}.`, 'input.limit');
    }
    if (limit != null && !allowed) {
      throw badUserInput('`limit` goes with `allowed: true` only.', 'input.limit');
    }
    const variantId = asId<'Variant'>(readId(id));
    const outcome = await app.setBackorder(variantId, { allowed, limit: limit ?? null }, actor);
    if (outcome.ok) return { __typename: 'ProductVariant', id: variantId };
    const code = BackorderRefusalCode[outcome.refusal];
    return { __typename: 'BackorderRefusal', code, message: messages[outcome.refusal] };
  }

  @FieldResolver(() => Backorder, {
    nullable: true,
    description:
      'How far it can be ordered beyond what is there. For its seller, SUPPORT and administrators; null for others.',
  })
  async backorder(@Root() { id }: ProductVariant, @Ctx() { loaders }: Context): Promise<Backorder | null> {
    const variantId = readVariantId(id);
    const variant = variantId && (await loaders.levels.load(variantId));
    return variant ? { ...variant.backorder, waiting: variant.waiting } : null;
  }
}
