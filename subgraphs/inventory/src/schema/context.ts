import { isAdmin, type Viewer } from '@emporium/subgraph';
import DataLoader from 'dataloader';
import type { App } from '../application/app.ts';
import type { VariantId } from '../domain/ids.ts';

/** What resolvers get: the use cases, who asks, and loaders that live for one request or one event. */
export type Context = {
  readonly app: App;
  readonly viewer: Viewer;
  readonly loaders: { readonly available: DataLoader<VariantId, number | null> };
};

export const actorOf = <Id extends string | null>(viewer: Viewer & { readonly id: Id }) => ({
  id: viewer.id,
  isAdmin: isAdmin(viewer),
});

export const createContext = (app: App, viewer: Viewer): Context => ({
  app,
  viewer,
  loaders: {
    available: new DataLoader((variantIds) => app.findAvailability(variantIds, actorOf(viewer)), {
      maxBatchSize: 1000,
    }),
  },
});
