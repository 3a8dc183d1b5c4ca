/** For tests: the whole subgraph on one database, asked through its GraphQL schema. */
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cacheInvalidated, variantsChanged } from '@emporium/contracts';
import { asId, asInstant } from '@emporium/domain';
import {
  anonymous,
  type KeyedReads,
  openKeyedReads,
  postgresAdapter,
  type Role,
  type Viewer,
} from '@emporium/subgraph';
import { graphql } from 'graphql';
import type { Redis } from 'ioredis';
import { createApp } from './application/app.ts';
import { keepImages } from './application/keep-images.ts';
import { onAvailabilityChanged } from './application/on-availability-changed.ts';
import { onSellerChanged } from './application/on-seller-changed.ts';
import { createCatalogue } from './infrastructure/catalogue.ts';
import { createReads, createStoredReads } from './infrastructure/catalogue-reads.ts';
import { cleanHtml } from './infrastructure/clean-html.ts';
import { PrismaClient } from './infrastructure/generated/client.ts';
import { createHotReads } from './infrastructure/hot/hot-reads.ts';
import { createImportReports } from './infrastructure/imports/import-reports.ts';
import { openImages } from './infrastructure/open-images.ts';
import { createPostgresSearch } from './infrastructure/search/postgres-search.ts';
import { createTransact } from './infrastructure/transact.ts';
import { createContext } from './schema/context.ts';
import { createSchema } from './schema/create-schema.ts';

export const nobody = anonymous;
export const viewer = (id: string, ...roles: Role[]): Viewer => ({ id, roles, address: null });
export const seller = viewer('seller-1', 'BUYER', 'SELLER');
export const rival = viewer('seller-2', 'BUYER', 'SELLER');
export const buyer = viewer('buyer-1', 'BUYER');
export const admin = viewer('admin-1', 'BUYER', 'ADMIN');

/** An answer as a test looks at it. */
// biome-ignore lint/suspicious/noExplicitAny: a test says itself what it expects of an answer.
export type Answer = { data: any; errors: readonly { message: string; extensions: any }[] };

export const gbp = (amount: string) => ({ amount, currency: 'GBP' });

type Setting = {
  /** With Redis it keeps what is asked for, until `hot` is told of others’ changes. */
  readonly redis?: Redis;
  /** Where tests serve `routes`. */
  readonly imageUrl?: (path: string) => string;
};

/** A shop on a database. */
export const openShop = async (
  url: string,
  { redis, imageUrl = (path) => `http://images.test/${path}` }: Setting = {},
) => {
  const prisma = new PrismaClient({
    adapter: postgresAdapter(url, 'products', 5),
    log: [{ emit: 'event', level: 'query' }],
  });
  const statements: string[] = [];
  prisma.$on('query', ({ query }) => statements.push(query));
  const keyed = openKeyedReads(url, 'products');
  const counted: KeyedReads = {
    ...keyed,
    rows: (statement) => {
      statements.push(statement.text);
      return keyed.rows(statement);
    },
  };
  const hot =
    redis &&
    createHotReads(createStoredReads(prisma, counted), { redis, mostBytes: 2 ** 20, isTold: () => true });
  const transact = createTransact(prisma, (outdated) => hot?.forget(outdated));
  const imageFolder = path.join(tmpdir(), `emporium-images-${randomUUID()}`);
  const { dependencies, routes } = await openImages(prisma, {
    folder: imageFolder,
    bucket: null,
    imageUrl: (file) => imageUrl(file),
  });
  const app = {
    ...createApp({
      transact,
      catalogue: createCatalogue(prisma, hot ?? createReads(prisma, counted)),
      search: createPostgresSearch(prisma, counted),
      cleanHtml,
      importReports: createImportReports(prisma),
      fileUrl: (path) => `http://files.test/catalogue/${path}`,
    }),
    ...keepImages(transact, dependencies),
  };
  const schema = await createSchema();

  const ask = async (as: Viewer, source: string, variableValues: Record<string, unknown> = {}) => {
    const contextValue = createContext(app, as);
    const { data, errors } = await graphql({ schema, source, variableValues, contextValue });
    return { data, errors: errors ?? [] } as Answer;
  };

  return {
    prisma,
    keyed,
    hot,
    statements,
    transact,
    app,
    imageFolder,
    routes,
    ask,
    /** Puts products on sale, and answers their ids. */
    offer: async (as: Viewer, products: readonly object[]): Promise<string[]> => {
      const { data } = await ask(
        as,
        `mutation ($input: BulkUpsertInput!) {
          bulkUpsertProducts(input: $input) { ... on BulkUpsert { rows { product { id } } } }
        }`,
        { input: { products } },
      );
      return data.bulkUpsertProducts.rows.map(({ product }: { product: { id: string } }) => product.id);
    },
    /** What others were told, oldest first. */
    told: async () => {
      const rows = await prisma.outboxMessage.findMany({
        where: { subject: variantsChanged.subject },
        orderBy: { position: 'asc' },
      });
      // biome-ignore lint/suspicious/noExplicitAny: as above.
      return rows.map(({ envelope }) => (envelope as any).payload.variants as any[]);
    },
    /** What answers were said to be out of date, oldest first. */
    outdated: async (): Promise<{ typename: string; key: string | null }[]> => {
      const rows = await prisma.outboxMessage.findMany({
        where: { subject: cacheInvalidated.subject },
        orderBy: { position: 'asc' },
      });
      // biome-ignore lint/suspicious/noExplicitAny: as above.
      return rows.flatMap(({ envelope }) => (envelope as any).payload.changed);
    },
    /** Users tells something of a seller. */
    hear: (sellerId: string, displayName: string, active: boolean, version: number) =>
      transact((ports) =>
        onSellerChanged.handle(ports, [
          {
            id: `${sellerId}-${version}`,
            occurredAt: asInstant('2026-01-31T09:30:00.000Z'),
            correlationId: sellerId,
            payload: { sellerId: asId(sellerId), displayName, active, version },
          } as Parameters<typeof onSellerChanged.handle>[1][number],
        ]),
      ),
    /** Leaves no product, and nothing that was told. */
    empty: async () => {
      await prisma.priceChange.deleteMany();
      await prisma.variant.deleteMany();
      await prisma.productSlug.deleteMany();
      await prisma.product.deleteMany();
      await prisma.outboxMessage.deleteMany();
    },
    /** Inventory tells whether variants can be ordered, by their SKUs or, unknown here, their ids. */
    hearStock: async (heard: Record<string, boolean>, version: number) => {
      const known = await prisma.variant.findMany({ where: { sku: { in: Object.keys(heard) } } });
      const ids = new Map(known.map(({ sku, id }) => [sku, id]));
      const variants = Object.entries(heard).map(([key, inStock]) => ({
        variantId: asId<'Variant'>(ids.get(key) ?? key),
        inStock,
        version,
      }));
      return transact((ports) =>
        onAvailabilityChanged.handle(ports, [
          {
            id: `stock-${version}`,
            occurredAt: asInstant('2026-01-31T09:30:00.000Z'),
            correlationId: 'stock',
            payload: { variants },
          } as Parameters<typeof onAvailabilityChanged.handle>[1][number],
        ]),
      );
    },
    close: async () => {
      await keyed.close();
      await prisma.$disconnect();
      await rm(imageFolder, { recursive: true, force: true });
    },
  };
};

export type Shop = Awaited<ReturnType<typeof openShop>>;
