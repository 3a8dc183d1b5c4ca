import { afterArgument, type Connection, firstArgument, readPage, toConnection } from '@emporium/subgraph';
import { Arg, Ctx, ID, Int, Query, Resolver } from 'type-graphql';
import { type Context, readerOf } from './context.ts';
import { type StockMovement, StockMovementConnection } from './movement.types.ts';
import { readVariantId } from './read-id.ts';

/** What came and went other than by orders. */
@Resolver()
export class MovementResolver {
  @Query(() => StockMovementConnection, {
    nullable: true,
    description:
      'A variant’s movements, the newest first. For its seller, SUPPORT and administrators; null for others.',
  })
  async stockMovements(
    @Arg('variantId', () => ID, { description: 'The variant.' }) id: string,
    @Arg('first', () => Int, firstArgument) first: number | null,
    @Arg('after', () => String, afterArgument) after: string | null,
    @Ctx() { app, viewer }: Context,
  ): Promise<Connection<StockMovement> | null> {
    const page = readPage(first, after, 1);
    const variantId = readVariantId(id);
    const { limit } = page;
    const before = page.after?.[0] ?? null;
    const rows = variantId && (await app.findMovements(variantId, { limit, before }, readerOf(viewer)));
    if (!rows) return null;
    return toConnection(
      rows,
      page,
      (row) => [row.id],
      (row) => row,
    );
  }
}
