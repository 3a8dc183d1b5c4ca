import {
  admin,
  customer,
  decided,
  each,
  only,
  open,
  own,
  type Policy,
  pagesOf,
  refusals,
  signedIn,
} from '@emporium/subgraph';
import { isSeller } from '../application/actor.ts';
import { mayFollow } from '../application/imports/import-products.ts';
import { mayEdit } from '../domain/edit.ts';

/** What is on sale is for everybody; what is not, its seller and ADMIN see. The queries ask for no more. */
const visible = (otherwise: 'NULL' | 'LEFT OUT') =>
  decided('visibleTo', ['seller', 'admin'], otherwise, 'it is off sale');

const editors = [only(customer), decided(mayEdit, ['seller', 'admin'], 'refusal NOT_FOUND')];
const sellers = [only(customer), decided(isSeller, ['seller', 'rival'], 'refusal NOT_A_SELLER'), own];

/** Who may see and call what of products. */
export const policy: Policy = {
  Query: {
    product: open,
    products: visible('LEFT OUT'),
    search: visible('LEFT OUT'),
    suggest: visible('LEFT OUT'),
    categories: open,
    exchangeRates: open,
    productImport: [only(signedIn), decided(mayFollow, ['seller', 'admin'], 'NULL'), own],
  },
  Mutation: {
    republishCatalogue: only(admin),
    setExchangeRates: only(admin),
    createCategory: only(admin),
    updateCategory: only(admin),
    createProduct: sellers,
    bulkUpsertProducts: sellers,
    startProductImport: sellers,
    requestProductExport: sellers,
    updateProduct: editors,
    updateVariantPrice: editors,
    setProductStatus: editors,
    requestProductImageUpload: editors,
    addProductImage: editors,
    reorderProductImages: editors,
    removeProductImage: editors,
  },
  Product: {
    '*': visible('NULL'),
    ...each(
      open,
      'id',
      'slug',
      'title',
      'description',
      'descriptionText',
      'status',
      'version',
      'createdAt',
    ),
    ...each(open, 'tags', 'specifications', 'options', 'images'),
    ...each(open, 'variants', 'category', 'seller'),
  },
  ProductVariant: {
    '*': visible('NULL'),
    ...each(open, 'id', 'sku', 'title', 'price', 'priceIn', 'lowestRecentPrice', 'product', 'options'),
    priceHistory: decided('pricesOf', ['seller', 'admin'], 'NULL'),
  },
  Seller: {
    id: open,
    products: visible('LEFT OUT'),
  },
  Category: each(open, 'id', 'slug', 'name', 'parent', 'path', 'children'),
  ...pagesOf('Product'),
  ConvertedPrice: each(open, 'amount', 'rate', 'rateDate', 'exact'),
  ExchangeRate: each(open, 'base', 'quote', 'rate', 'onDate'),
  ProductImage: each(open, 'id', 'url', 'width', 'height', 'alt'),
  ProductImageUpload: each(open, 'id', 'url', 'fields', 'maxBytes', 'expiresAt'),
  FormField: each(open, 'name', 'value'),
  Specification: each(open, 'name', 'value'),
  VariantOption: each(open, 'name', 'value'),
  PriceChange: each(open, 'price', 'since'),
  SearchConnection: each(open, 'edges', 'pageInfo', 'totalCount', 'facets', 'correctedQuery'),
  SearchEdge: each(open, 'cursor', 'node', 'highlights'),
  SearchHighlights: each(open, 'title', 'description'),
  HighlightFragment: each(open, 'text', 'isMatch'),
  SearchSuggestion: each(open, 'text', 'product'),
  Facet: each(open, 'name', 'option', 'values'),
  FacetValue: each(open, 'value', 'label', 'count', 'minPrice', 'maxPrice'),
  RepublishResult: { count: open },
  BulkUpsert: { rows: open },
  BulkUpsertRow: each(open, 'index', 'outcome', 'refusal', 'product'),
  ProductImportStart: each(open, 'import', 'url', 'maxBytes', 'maxRows', 'expiresAt'),
  ProductImport: each(
    open,
    'id',
    'status',
    'rowsDone',
    'created',
    'updated',
    'unchanged',
    'refused',
    'percent',
    'problem',
    'startedAt',
    'finishedAt',
    'rows',
  ),
  ProductImportProblem: each(open, 'code', 'row', 'field', 'message'),
  ProductImportRow: each(open, 'row', 'sku', 'outcome', 'code', 'field', 'message'),
  ...pagesOf('ProductImportRow'),
  ProductExport: each(open, 'url', 'expiresAt'),
  ...refusals('CategoryRefusal', 'ProductRefusal'),
};
