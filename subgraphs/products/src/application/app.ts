import type { Transact } from '@emporium/messaging';
import type { CleanHtml } from '../domain/description.ts';
import type { Catalogue } from './catalogue.ts';
import { createCategory, deleteCategory, updateCategory } from './edit-categories.ts';
import { setProductStatus, updateProduct, updateVariant, updateVariantPrice } from './edit-product.ts';
import { allowExport } from './imports/allow-export.ts';
import type { ImportReports } from './imports/import-ports.ts';
import { importProducts } from './imports/import-products.ts';
import type { keepImages } from './keep-images.ts';
import { bulkUpsertProducts, createProduct } from './offer-products.ts';
import { onAvailabilityChanged } from './on-availability-changed.ts';
import { onSellerChanged } from './on-seller-changed.ts';
import type { Ports } from './ports.ts';
import { republishCatalogue } from './republish-catalogue.ts';
import type { SearchEngine } from './search-engine.ts';
import { setExchangeRates } from './set-exchange-rates.ts';

/** All that can be asked of products. */
export type App = ReturnType<typeof createApp> & ReturnType<typeof keepImages>;

export const createApp = ({
  transact,
  catalogue,
  search,
  cleanHtml,
  importReports,
  fileUrl,
}: {
  readonly transact: Transact<Ports>;
  readonly catalogue: Catalogue;
  readonly search: SearchEngine;
  readonly cleanHtml: CleanHtml;
  readonly importReports: ImportReports;
  /** Where the public finds what lies beneath `/catalogue` of this service. */
  readonly fileUrl: (path: string) => string;
}) => ({
  catalogue,
  search,
  createProduct: createProduct(transact, cleanHtml),
  bulkUpsertProducts: bulkUpsertProducts(transact, cleanHtml),
  updateVariantPrice: updateVariantPrice(transact),
  updateVariant: updateVariant(transact),
  setProductStatus: setProductStatus(transact),
  updateProduct: updateProduct(transact, cleanHtml),
  createCategory: createCategory(transact),
  updateCategory: updateCategory(transact),
  deleteCategory: deleteCategory(transact),
  setExchangeRates: setExchangeRates(transact),
  republishCatalogue: republishCatalogue(transact),
  ...importProducts(transact, importReports, cleanHtml),
  allowExport: allowExport(transact),
  fileUrl,
});

/** What products hears. */
export const subscribers = [onSellerChanged, onAvailabilityChanged];
