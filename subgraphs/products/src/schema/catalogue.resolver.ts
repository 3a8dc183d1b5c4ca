import { afterArgument, badUserInput, firstArgument, toConnection } from '@emporium/subgraph';
import { Arg, Ctx, Directive, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import type { Facet as FacetView, Listed, ProductView, Search, Sort } from '../application/catalogue.ts';
import { Category } from './category.type.ts';
import type { Context } from './context.ts';
import { Product, ProductConnection } from './product.type.ts';
import { ProductFilter, ProductSort } from './product-filter.input.ts';
import { isAskable, readFilter, readSearch, readSlice } from './read-list.ts';
import { Facet, SearchConnection } from './search.type.ts';

const productOf = ({ product }: Listed): ProductView => product;
const cursorIn =
  (sort: Sort) =>
  ({ key }: Listed): readonly string[] => [sort, ...key];

/** For a seller what is off sale is there, too: so each viewer has an answer of their own. */
const ofEachViewer = '@cacheControl(maxAge: 60, scope: PRIVATE)';

/** Browsing and searching. Anyone may; what is off sale is only for its seller and ADMIN. */
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

  @Directive(ofEachViewer)
  @Query(() => SearchConnection, {
    description:
      'Products on sale that match words in titles, descriptions, variants and SKUs, best first. Understands "phrases", or, and -exclusions; the last word may be unfinished.',
  })
  async search(
    @Arg('query', () => String, { description: 'What to look for: 1 to 200 characters.' }) query: string,
    @Arg('first', () => Int, firstArgument) first: number | null,
    @Arg('after', () => String, afterArgument) after: string | null,
    @Arg('filter', () => ProductFilter, { nullable: true, description: 'Among which; all, when left out.' })
    filter: ProductFilter | null,
    @Ctx() { app, as }: Context,
  ) {
    const search = readSearch(query, filter);
    const { page, slice } = readSlice(first, after, 'RELEVANCE');
    const rows = await app.catalogue.search(search, slice, as);
    return { ...toConnection(rows, page, cursorIn('RELEVANCE'), productOf), search };
  }

  @Directive('@cacheControl(maxAge: 300, scope: PUBLIC)')
  @Query(() => [Category], { description: 'All categories, by name.' })
  categories(@Ctx() { app }: Context) {
    return app.catalogue.categories();
  }
}

/** What of a search is counted only when it is asked for. */
@Resolver(() => SearchConnection)
export class SearchConnectionResolver {
  @FieldResolver(() => Int, { description: 'How many match, on all pages.' })
  totalCount(@Root() { search }: { search: Search }, @Ctx() { app, as }: Context): Promise<number> {
    return app.catalogue.count(search, as);
  }

  @FieldResolver(() => [Facet], { description: 'How all that match spread over categories and sellers.' })
  facets(
    @Root() { search }: { search: Search },
    @Ctx() { app, as }: Context,
  ): Promise<readonly FacetView[]> {
    return app.catalogue.facets(search, as);
  }
}
