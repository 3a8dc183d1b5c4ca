import { readDatabaseTime } from '@emporium/subgraph';
import { v7 } from 'uuid';
import type { Ports } from '../application/ports.ts';
import { createAnnounce } from './announce.ts';
import { createCategories } from './categories.ts';
import { createExchangeRates } from './exchange-rates.ts';
import type { Prisma } from './generated/client.ts';
import { createImages } from './images.ts';
import { createImports } from './imports/imports.ts';
import { createOutdate } from './outdate.ts';
import { createProducts } from './products.ts';
import { createSellers } from './sellers.ts';
import { createStock } from './stock.ts';
import { fingerprint, newTicket } from './tickets.ts';

/** The use cases' ports, bound to one transaction. */
export const createPorts = (tx: Prisma.TransactionClient): Ports => ({
  products: createProducts(tx),
  categories: createCategories(tx),
  sellers: createSellers(tx),
  exchangeRates: createExchangeRates(tx),
  imports: createImports(tx),
  stock: createStock(tx),
  images: createImages(tx),
  announce: createAnnounce(tx),
  outdate: createOutdate(tx),
  now: () => readDatabaseTime(tx),
  newId: () => v7(),
  newTicket,
  fingerprint,
});
