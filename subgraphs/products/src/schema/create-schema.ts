import { createFederatedSchema, operationsResolvers } from '@emporium/subgraph';
import type { GraphQLSchema } from 'graphql';
import { AdministrationResolver } from './administration.resolver.ts';
import { BulkUpsertResolver } from './bulk-upsert.resolver.ts';
import { CatalogueResolver } from './catalogue.resolver.ts';
import { CategoryRefusal } from './category-result.type.ts';
import type { Context } from './context.ts';
import { EditProductResolver } from './edit-product.resolver.ts';
import { ExchangeRateResolver } from './exchange-rate.resolver.ts';
import { policy } from './policy.ts';
import {
  CategoryResolver,
  ProductResolver,
  ProductVariantResolver,
  SellerResolver,
} from './product.resolver.ts';
import { ProductImageResolver } from './product-image.resolver.ts';
import { ProductImportResolver, ProductImportRowsResolver } from './product-import.resolver.ts';
import { ProductRefusal } from './product-result.type.ts';
import {
  FacetValueResolver,
  SearchConnectionResolver,
  SearchEdgeResolver,
  SearchResolver,
  SearchSuggestionResolver,
} from './search.resolver.ts';
import { Seller } from './seller.type.ts';

type ById = { readonly id: string };
type ByIdOrSku = { readonly id?: string; readonly sku?: string };

const references = {
  Product: ({ id }: ById, { loaders }: Context) => loaders.product.load(id),
  ProductVariant: ({ id, sku }: ByIdOrSku, { loaders }: Context) =>
    id === undefined ? loaders.variantBySku.load(sku ?? '') : loaders.variant.load(id),
  /** Sellers are users': any id is taken at its word, and its products say what is known of it. */
  Seller: ({ id }: ById) => ({ id }),
};

/** The federated schema of products. */
export const createSchema = (): Promise<GraphQLSchema> =>
  createFederatedSchema({
    resolvers: [
      AdministrationResolver,
      BulkUpsertResolver,
      CatalogueResolver,
      CategoryResolver,
      EditProductResolver,
      ExchangeRateResolver,
      FacetValueResolver,
      ProductImportResolver,
      ProductImportRowsResolver,
      ProductImageResolver,
      ProductResolver,
      ProductVariantResolver,
      SearchConnectionResolver,
      SearchEdgeResolver,
      SearchResolver,
      SearchSuggestionResolver,
      SellerResolver,
      ...operationsResolvers('products'),
    ],
    orphanedTypes: [CategoryRefusal, ProductRefusal, Seller],
    references,
    policy,
  });
