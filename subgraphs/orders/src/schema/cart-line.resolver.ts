import { FieldResolver, Resolver, Root } from 'type-graphql';
import { CartLineType } from './cart-line.type.ts';
import { CartWarningType } from './cart-warning.type.ts';
import { VariantStub } from './stubs.type.ts';

@Resolver(() => CartLineType)
export class CartLineResolver {
  @FieldResolver(() => VariantStub, { nullable: true, description: 'What it is.' })
  variant(@Root() { variantId }: CartLineType): VariantStub {
    return { id: variantId };
  }
}

@Resolver(() => CartWarningType)
export class CartWarningResolver {
  @FieldResolver(() => VariantStub, { nullable: true, description: 'What the line is of.' })
  variant(@Root() { variantId }: CartWarningType): VariantStub {
    return { id: variantId };
  }
}
