import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { Context } from './context.ts';
import { StockLevel } from './location.types.ts';
import { Availability, ProductVariant } from './product-variant.type.ts';
import { readVariantId } from './read-id.ts';

/** What inventory knows of a variant. */
@Resolver(() => ProductVariant)
export class ProductVariantResolver {
  @FieldResolver(() => Availability, {
    nullable: true,
    description:
      'How much of it can be ordered. Null while inventory has not heard of it, and for what is not on sale unless it is your own.',
  })
  async availability(
    @Root() { id }: ProductVariant,
    @Ctx() { loaders }: Context,
  ): Promise<Availability | null> {
    const variantId = readVariantId(id);
    const stock = variantId && (await loaders.available.load(variantId));
    return stock && { ...stock, inStock: stock.available > 0 };
  }

  @FieldResolver(() => [StockLevel], {
    nullable: true,
    description:
      'Its units by location, in the order in which orders take them. For its seller, SUPPORT and administrators; null for others.',
  })
  async stockLevels(
    @Root() { id }: ProductVariant,
    @Ctx() { loaders }: Context,
  ): Promise<readonly StockLevel[] | null> {
    const variantId = readVariantId(id);
    return (variantId && (await loaders.levels.load(variantId)))?.levels ?? null;
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description:
      'Its stock is low when fewer units than this are available. For its seller, SUPPORT and administrators; null for others, and when none is set.',
  })
  async lowStockThreshold(
    @Root() { id }: ProductVariant,
    @Ctx() { loaders }: Context,
  ): Promise<number | null> {
    const variantId = readVariantId(id);
    return (variantId && (await loaders.levels.load(variantId)))?.lowStockThreshold ?? null;
  }
}
