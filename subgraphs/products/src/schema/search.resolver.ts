import { afterArgument, badUserInput, firstArgument, type MoneyType, showMoney } from '@emporium/subgraph';
import { Arg, Ctx, Directive, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import type { ProductView } from '../application/catalogue.ts';
import type { FacetValue as FacetValueView, Highlights } from '../application/search-engine.ts';
import type { Context } from './context.ts';
import { ofEachViewer } from './of-each-viewer.ts';
import { Product } from './product.type.ts';
import { ProductFilter } from './product-filter.input.ts';
import { readSearch, readSlice, readTyped } from './read-list.ts';
import {
  Facet,
  FacetValue,
  SearchConnection,
  SearchEdge,
  SearchHighlights,
  SearchSort,
  SearchSuggestion,
} from './search.type.ts';
import { openSearchAnswer, type SearchAnswer } from './search-answer.ts';

const mostSuggestions = 20;

/** Looking for products by words. Anyone may; what is off sale is only for its seller and ADMIN. */
@Resolver()
export class SearchResolver {
  @Directive(ofEachViewer)
  @Query(() => SearchConnection, {
    description:
      'Products on sale that match words in titles, descriptions, variants and SKUs. Understands "phrases", or, and -exclusions; forgives accents and slips; the last word may be unfinished.',
  })
  async search(
    @Arg('query', () => String, { description: 'What to look for: 1 to 200 characters.' }) query: string,
    @Arg('first', () => Int, firstArgument) first: number | null,
    @Arg('after', () => String, afterArgument) after: string | null,
    @Arg('filter', () => ProductFilter, {
      nullable: true,
      description:
        'Among which; all, when left out. A `status` is BAD_USER_INPUT: words are kept of what is on sale.',
    })
    filter: ProductFilter | null,
    @Arg('sort', () => SearchSort, {
      nullable: true,
      description: 'In which order; RELEVANCE, when left out.',
    })
    wanted: SearchSort | null,
    @Ctx() { app, as }: Context,
  ): Promise<SearchAnswer> {
    const search = readSearch(query, filter);
    const sort = wanted ?? SearchSort.RELEVANCE;
    const { page, slice } = readSlice(first, after, sort);
    const understood = await app.search.understand(search);
    return openSearchAnswer(app.search, understood, { page, sort, slice }, as);
  }

  @Directive(ofEachViewer)
  @Query(() => [SearchSuggestion], {
    description: 'Titles of products on sale that somebody may be about to type, likely ones first.',
  })
  async suggest(
    @Arg('query', () => String, {
      description: 'What was typed so far: at most 200 characters; nothing is suggested for nothing.',
    })
    query: string,
    @Arg('first', () => Int, {
      nullable: true,
      defaultValue: 8,
      description: `How many, 1 to ${mostSuggestions}.`,
    })
    first: number | null,
    @Ctx() { app, as }: Context,
  ) {
    const limit = first ?? 8;
    if (limit < 1 || limit > mostSuggestions)
      throw badUserInput(`\`first\` must be 1 to ${mostSuggestions}.`, 'first');
    const typed = readTyped(query);
    return typed.trim() === '' ? [] : app.search.suggest(typed, limit, as);
  }
}

/** What of a search is worked out only when it is asked for. */
@Resolver(() => SearchConnection)
export class SearchConnectionResolver {
  @FieldResolver()
  async edges(@Root() answer: SearchAnswer) {
    const { edges } = await answer.page();
    return edges.map((edge) => ({ ...edge, answer }));
  }

  @FieldResolver()
  async pageInfo(@Root() answer: SearchAnswer) {
    return (await answer.page()).pageInfo;
  }

  @FieldResolver(() => Int, {
    description: 'How many match, on all pages; 1,000 means that many or more.',
  })
  totalCount(@Root() answer: SearchAnswer): Promise<number> {
    return answer.total();
  }

  @FieldResolver(() => [Facet], {
    description:
      'How what matches spreads over categories, sellers, prices, what is in stock, tags and options: the first 1,000 matches, those in titles before others.',
  })
  facets(@Root() answer: SearchAnswer) {
    return answer.facets();
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'What was looked for instead, when words that no product has were taken for slips and the others were found; null otherwise.',
  })
  correctedQuery(@Root() answer: SearchAnswer): Promise<string | null> {
    return answer.correctedQuery();
  }
}

/** What hangs on a hit. */
@Resolver(() => SearchEdge)
export class SearchEdgeResolver {
  @Directive('@cacheControl(inheritMaxAge: true)')
  @FieldResolver(() => SearchHighlights, {
    nullable: true,
    description: 'Where it has what was looked for; null when it left the shop meanwhile.',
  })
  highlights(
    @Root() { node, answer }: { node: ProductView; answer: SearchAnswer },
  ): Promise<Highlights | null> {
    return answer.highlights(node.id);
  }
}

/** How a band of prices is shown, and what it can be filtered by. */
@Resolver(() => FacetValue)
export class FacetValueResolver {
  @FieldResolver()
  label(@Root() { label, lowest, highest }: FacetValueView): string {
    if (!lowest) return label;
    const [from, to] = [showMoney(lowest), highest && showMoney(highest)];
    return to ? `${from.amount} to ${to.amount} ${from.currency}` : `from ${from.amount} ${from.currency}`;
  }

  @FieldResolver()
  minPrice(@Root() { lowest }: FacetValueView): MoneyType | null {
    return lowest ? showMoney(lowest) : null;
  }

  @FieldResolver()
  maxPrice(@Root() { highest }: FacetValueView): MoneyType | null {
    return highest ? showMoney(highest) : null;
  }
}

/** What hangs on a suggestion. */
@Resolver(() => SearchSuggestion)
export class SearchSuggestionResolver {
  @Directive('@cacheControl(inheritMaxAge: true)')
  @FieldResolver(() => Product, { nullable: true, description: 'A product that is called so.' })
  product(
    @Root() { productId }: SearchSuggestion,
    @Ctx() { loaders }: Context,
  ): Promise<ProductView | null> {
    return loaders.product.load(productId);
  }
}
