import {
  afterArgument,
  CurrencyCodeScalar,
  firstArgument,
  MoneyType,
  showMoney,
  toConnection,
} from '@emporium/subgraph';
import { Arg, Ctx, Directive, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { CategoryView, ProductView, VariantView } from '../application/catalogue.ts';
import { convert } from '../domain/conversion.ts';
import { textOfHtml } from '../domain/description.ts';
import { Category } from './category.type.ts';
import type { Context } from './context.ts';
import { ConvertedPrice, showConverted } from './exchange-rate.type.ts';
import { comparedDays, shownPrices } from './loaders.ts';
import { PriceChange } from './price-change.type.ts';
import { Product, ProductConnection } from './product.type.ts';
import { ProductVariant } from './product-variant.type.ts';
import { readSlice } from './read-list.ts';
import { Seller } from './seller.type.ts';

/** What hangs on a product. */
@Resolver(() => Product)
export class ProductResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description: 'What the description says, in plain text, a line for each of its blocks.',
  })
  descriptionText(@Root() { description }: ProductView): string | null {
    return description && textOfHtml(description);
  }

  @FieldResolver(() => [ProductVariant], { description: 'Its articles, in the order to show.' })
  variants(@Root() { id }: ProductView, @Ctx() { loaders }: Context): Promise<readonly VariantView[]> {
    return loaders.variantsOf.load(id);
  }

  @FieldResolver(() => Category, { nullable: true, description: 'Where it stands.' })
  category(
    @Root() { categoryId }: ProductView,
    @Ctx() { loaders }: Context,
  ): Promise<CategoryView | null> | null {
    return categoryId === null ? null : loaders.category.load(categoryId);
  }

  @Directive('@cacheControl(inheritMaxAge: true)')
  @FieldResolver(() => Seller, { nullable: true, description: 'Who sells it.' })
  seller(@Root() { sellerId }: ProductView): Seller {
    return { id: sellerId };
  }
}

/** What hangs on a variant. */
@Resolver(() => ProductVariant)
export class ProductVariantResolver {
  @FieldResolver(() => MoneyType, { description: 'What one costs now.' })
  price(@Root() { price }: VariantView): MoneyType {
    return showMoney(price);
  }

  @FieldResolver(() => ConvertedPrice, {
    nullable: true,
    description:
      'About what one costs in another currency, by the newest rates: for showing. Orders charge `price`. Null where no rate is known for one of the two: `exchangeRates` lists those that are.',
  })
  async priceIn(
    @Root() { price }: VariantView,
    @Arg('currency', () => CurrencyCodeScalar, { description: 'The currency to show it in.' })
    currency: string,
    @Ctx() { loaders }: Context,
  ): Promise<ConvertedPrice | null> {
    return showConverted(convert(price, currency, await loaders.exchangeRates()));
  }

  @FieldResolver(() => MoneyType, {
    nullable: true,
    description: `The lowest price of the last ${comparedDays} days, in the currency of the present one: what a reduction is measured by.`,
  })
  async lowestRecentPrice(
    @Root() { id }: VariantView,
    @Ctx() { loaders }: Context,
  ): Promise<MoneyType | null> {
    const lowest = await loaders.lowestPrice.load(id);
    return lowest && showMoney(lowest.price);
  }

  @FieldResolver(() => [PriceChange], {
    nullable: true,
    description: `What it cost, newest first, at most the last ${shownPrices} prices. For its seller and administrators; null for others.`,
  })
  async priceHistory(
    @Root() { id }: VariantView,
    @Ctx() { loaders }: Context,
  ): Promise<PriceChange[] | null> {
    const prices = await loaders.pricesOf.load(id);
    // Whatever is for sale has had a price.
    if (prices.length === 0) return null;
    return prices.map(({ price, since }) => ({ price: showMoney(price), since }));
  }

  @FieldResolver(() => Product, { description: 'What it is a variant of.' })
  product(@Root() { productId }: VariantView, @Ctx() { loaders }: Context): Promise<ProductView | null> {
    return loaders.product.load(productId);
  }
}

/** What hangs on a category. */
@Resolver(() => Category)
export class CategoryResolver {
  @FieldResolver(() => Category, { nullable: true, description: 'The category in which it stands.' })
  parent(
    @Root() { parentId }: CategoryView,
    @Ctx() { loaders }: Context,
  ): Promise<CategoryView | null> | null {
    return parentId === null ? null : loaders.category.load(parentId);
  }

  @FieldResolver(() => [Category], {
    description: 'The way to it from the top, and it last: what a page shows as breadcrumbs.',
  })
  async path(@Root() { id }: CategoryView, @Ctx() { loaders }: Context): Promise<readonly CategoryView[]> {
    return (await loaders.categoryTree()).pathOf(id);
  }

  @FieldResolver(() => [Category], { description: 'The categories that stand in it, by name.' })
  async children(
    @Root() { id }: CategoryView,
    @Ctx() { loaders }: Context,
  ): Promise<readonly CategoryView[]> {
    return (await loaders.categoryTree()).childrenOf(id);
  }
}

/** What products adds to a seller. */
@Resolver(() => Seller)
export class SellerResolver {
  @FieldResolver(() => ProductConnection, {
    nullable: true,
    description: 'What the seller has on sale, newest first.',
  })
  async products(
    @Root() { id }: Seller,
    @Arg('first', () => Int, firstArgument) first: number | null,
    @Arg('after', () => String, afterArgument) after: string | null,
    @Ctx() { loaders }: Context,
  ) {
    const { page, slice } = readSlice(first, after, 'NEWEST');
    const rows = await loaders.productsOfSeller(slice).load(id);
    return toConnection(
      rows,
      page,
      ({ key }) => ['NEWEST', ...key],
      ({ product }) => product,
    );
  }
}
