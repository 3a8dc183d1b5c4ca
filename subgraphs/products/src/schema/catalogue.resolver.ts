import { afterArgument, badUserInput, firstArgument, toConnection } from '@emporium/subgraph';
import { Arg, Ctx, Directive, ID, Int, Query, Resolver } from 'type-graphql';
import type { Listed, ProductView, Sort } from '../application/catalogue.ts';
import { Category } from './category.type.ts';
import type { Context } from './context.ts';
import { ofEachViewer } from './of-each-viewer.ts';
import { Product, ProductConnection } from './product.type.ts';
import { ProductFilter, ProductSort } from './product-filter.input.ts';
import { readFilter, readSlice } from './read-list.ts';
import { isAskable } from './storable.ts';

const productOf = ({ product }: Listed): ProductView => product;
const cursorIn =
  (sort: Sort) =>
  ({ key }: Listed): readonly string[] => [sort, ...key];

/** Browsing. Anyone may; what is off sale is only for its seller and ADMIN. */
@Resolver()
export class CatalogueResolver {
  @Directive(ofEachViewer)
  @Query(() => Product, {
    nullable: true,
    description: 'One product, by its id or its slug (one of the two); null when there is none on sale.',
  })
  async product(
    @Arg('id', () => ID, { nullable: true, description: 'The product’s id.' }) id: string | null,
    @Arg('slug', () => String, { nullable: true, description: 'The product’s slug.' }) slug: string | null,
    @Ctx() { app, as, loaders }: Context,
  ): Promise<ProductView | null> {
    if (typeof id === 'string' && typeof slug !== 'string') return loaders.product.load(id);
    if (typeof slug !== 'string' || typeof id === 'string')
      throw badUserInput('Give either `id` or `slug`.', 'id');
    const [found] = isAskable(slug) ? await app.catalogue.productsBySlug([slug], as) : [];
    return found ?? null;
  }

  @Directive(ofEachViewer)
  @Query(() => ProductConnection, { description: 'The products on sale, a page at a time.' })
  async products(
    @Arg('first', () => Int, firstArgument) first: number | null,
    @Arg('after', () => String, afterArgument) after: string | null,
    @Arg('filter', () => ProductFilter, { nullable: true, description: 'Which; all, when left out.' })
    filter: ProductFilter | null,
    @Arg('sort', () => ProductSort, {
      nullable: true,
      description: 'In which order; NEWEST, when left out.',
    })
    wanted: ProductSort | null,
    @Ctx() { app, as }: Context,
  ) {
    const sort: Sort = wanted ?? ProductSort.NEWEST;
    const { page, slice } = readSlice(first, after, sort);
    const rows = await app.catalogue.list(sort, readFilter(filter), slice, as);
    return toConnection(rows, page, cursorIn(sort), productOf);
  }

  @Directive('@cacheControl(maxAge: 300, scope: PUBLIC)')
  @Query(() => [Category], { description: 'All categories, by name.' })
  categories(@Ctx() { app }: Context) {
    return app.catalogue.categories();
  }
}
