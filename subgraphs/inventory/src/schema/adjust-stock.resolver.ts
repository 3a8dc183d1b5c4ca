import { badUserInput, readRow, requireSignedIn } from '@emporium/subgraph';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { AdjustmentOutcome } from '../application/adjust-stock.ts';
import type { AdjustmentRefusal } from '../domain/adjustment.ts';
import {
  AdjustStockInput,
  type AdjustStockRefusal,
  AdjustStockRefusalCode,
  AdjustStockResult,
  BulkAdjustStockInput,
  BulkAdjustStockPayload,
} from './adjust-stock.types.ts';
import { actorOf, type Context } from './context.ts';
import type { ProductVariant } from './product-variant.type.ts';
import { readAdjustment } from './read-adjustment.ts';

type Result = ProductVariant | AdjustStockRefusal;

const highestBatch = 500;

const messages: Record<AdjustmentRefusal, string> = {
  NOT_FOUND:
    'There is no such variant, or it is not yours. A new one can be stocked a moment after it was made.',
  LOCATION_NOT_FOUND:
    'The variant’s seller has no such location. `me { seller { stockLocations { id } } }` lists your own.',
  LOCATION_INACTIVE:
    'This location is closed, and nothing can be added there. Open it again first, or name another.',
  SELLER_SUSPENDED: 'Your shop is suspended, or not yet open: `me { seller { status reason } }` says why.',
  INSUFFICIENT_STOCK:
    'Fewer units are available there than you want to take away. Look at its availability and try again.',
  STOCK_LIMIT_REACHED: 'No variant may have that many units. Add fewer.',
  IDEMPOTENCY_MISMATCH: 'You used this idempotency key for another change. Use a new key.',
};

const outcomeOf = (outcome: AdjustmentOutcome | undefined): Result => {
  if (!outcome) throw new Error('an adjustment without an outcome');
  return toResult(outcome);
};

const badRow = ({ message, field }: { message: string; field: string | null }): AdjustStockRefusal => ({
  __typename: 'AdjustStockRefusal',
  code: AdjustStockRefusalCode.BAD_VALUE,
  message,
  field,
});

const toResult = ({ adjustment, refusal }: AdjustmentOutcome): Result =>
  refusal === null
    ? { __typename: 'ProductVariant', id: adjustment.variantId }
    : {
        __typename: 'AdjustStockRefusal',
        code: AdjustStockRefusalCode[refusal],
        message: messages[refusal],
        field: null,
      };

/** Changes of stock other than by orders. */
@Resolver()
export class AdjustStockResolver {
  @Mutation(() => AdjustStockResult, {
    description: 'Changes the stock of one of your own variants; administrators may change any.',
  })
  async adjustStock(
    @Arg('input', () => AdjustStockInput, { description: 'What to change, and why.' })
    input: AdjustStockInput,
    @Ctx() { app, viewer }: Context,
  ): Promise<Result | undefined> {
    const actor = actorOf(requireSignedIn(viewer));
    const [outcome] = await app.adjustStock([readAdjustment(input, 'input')], actor);
    return outcome && toResult(outcome);
  }

  @Mutation(() => BulkAdjustStockPayload, {
    description: 'Changes the stock of many variants, each granted or refused by itself.',
  })
  async bulkAdjustStock(
    @Arg('input', () => BulkAdjustStockInput, { description: 'What to change, and why.' })
    { adjustments }: BulkAdjustStockInput,
    @Ctx() { app, viewer }: Context,
  ): Promise<BulkAdjustStockPayload> {
    const actor = actorOf(requireSignedIn(viewer));
    if (adjustments.length === 0 || adjustments.length > highestBatch) {
      throw badUserInput(`\`adjustments\` must be 1 to ${highestBatch}.`, 'input.adjustments');
    }
    const read = adjustments.map((each, index) =>
      readRow(() => readAdjustment(each, `input.adjustments.${index}`)),
    );
    const wanted = read.flatMap((each) => (each.ok ? [each.row] : []));
    const became = (await app.adjustStock(wanted, actor)).values();
    return { results: read.map((each) => (each.ok ? outcomeOf(became.next().value) : badRow(each))) };
  }
}
