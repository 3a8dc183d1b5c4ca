import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from './context.ts';
import { Availability, ProductVariant } from './product-variant.type.ts';
import { readVariantId } from './variant-id.ts';

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
    const available = variantId && (await loaders.available.load(variantId));
    return available === null ? null : { available, inStock: available > 0 };
  }
}
