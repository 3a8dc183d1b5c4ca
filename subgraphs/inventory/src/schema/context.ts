import { isAdmin, isSupport, type SignedInViewer, type Viewer } from '@emporium/subgraph';
import DataLoader from 'dataloader';
import type { App } from '../application/app.ts';
import type { Orderable } from '../application/find-availability.ts';
import type { VariantLevels } from '../application/ports.ts';
import type { Reader } from '../domain/actor.ts';
import type { UserId, VariantId } from '../domain/ids.ts';
import type { Location } from '../domain/location.ts';

/** What resolvers get: the use cases, who asks, and loaders that live for one request or one event. */
export type Context = {
  readonly app: App;
  readonly viewer: Viewer;
  readonly loaders: {
    readonly available: DataLoader<VariantId, Orderable | null>;
    readonly levels: DataLoader<VariantId, VariantLevels | null>;
    readonly locations: DataLoader<UserId, readonly Location[]>;
  };
};

export const actorOf = <Id extends string | null>(viewer: Viewer & { readonly id: Id }) => ({
  id: viewer.id,
  isAdmin: isAdmin(viewer),
});

export const keeperOf = (viewer: SignedInViewer) => ({
  ...actorOf(viewer),
  isSeller: viewer.roles.includes('SELLER'),
});

export const readerOf = (viewer: Viewer): Reader => ({ ...actorOf(viewer), isSupport: isSupport(viewer) });

const maxBatchSize = 1000;

export const createContext = (app: App, viewer: Viewer): Context => ({
  app,
  viewer,
  loaders: {
    available: new DataLoader((variantIds) => app.findAvailability(variantIds, actorOf(viewer)), {
      maxBatchSize,
    }),
    levels: new DataLoader((variantIds) => app.findLevels(variantIds, readerOf(viewer)), { maxBatchSize }),
    locations: new DataLoader(
      async (sellerIds) => {
        const found = await app.findLocations(sellerIds);
        return sellerIds.map((id) => found.get(id) ?? []);
      },
      { maxBatchSize },
    ),
  },
});
