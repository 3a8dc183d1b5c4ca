import { asId } from '@emporium/domain';
import { badUserInput, requireSignedIn } from '@emporium/subgraph';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { ThresholdRefusal } from '../application/set-threshold.ts';
import { actorOf, type Context } from './context.ts';
import type { ProductVariant } from './product-variant.type.ts';
import { readId } from './read-id.ts';
import {
  LowStockThresholdInput,
  type LowStockThresholdRefusal,
  LowStockThresholdRefusalCode,
  LowStockThresholdResult,
} from './threshold.types.ts';

const highestThreshold = 1_000_000;

const messages: Record<ThresholdRefusal, string> = {
  NOT_FOUND: 'There is no such variant, or it is not yours.',
  SELLER_SUSPENDED: 'Your shop is suspended, or not yet open: `me { seller { status reason } }` says why.',
};

/** When sellers are told that they run out. */
@Resolver()
export class ThresholdResolver {
  @Mutation(() => LowStockThresholdResult, {
    description: 'Says when the stock of one of your variants is low; administrators may for any.',
  })
  async setLowStockThreshold(
    @Arg('input', () => LowStockThresholdInput, { description: 'The variant and the number.' })
    { variantId: id, threshold }: LowStockThresholdInput,
    @Ctx() { app, viewer }: Context,
  ): Promise<ProductVariant | LowStockThresholdRefusal> {
    const actor = actorOf(requireSignedIn(viewer));
    if (threshold != null && (threshold < 1 || threshold > highestThreshold)) {
      throw badUserInput(`\`threshold\` must be 1 to ${highestThreshold}.`, 'input.threshold');
    }
    const variantId = asId<'Variant'>(readId(id));
    const outcome = await app.setThreshold(variantId, threshold ?? null, actor);
    if (outcome.ok) return { __typename: 'ProductVariant', id: variantId };
    const code = LowStockThresholdRefusalCode[outcome.refusal];
    return { __typename: 'LowStockThresholdRefusal', code, message: messages[outcome.refusal] };
  }
}
