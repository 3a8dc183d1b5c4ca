import { isAdmin, type Viewer } from '@emporium/subgraph';
import type { App } from '../application/app.ts';
import type { Onlooker } from '../application/catalogue.ts';
import { createLoaders, type Loaders } from './loaders.ts';

/** What resolvers get: the use cases, who asks, and this request's batched reads. */
export type Context = {
  readonly app: App;
  readonly viewer: Viewer;
  /** The viewer as the catalogue knows it. */
  readonly as: Onlooker;
  /** Replaced after each change, so that the answer shows it. */
  loaders: Loaders;
};

export const createContext = (app: App, viewer: Viewer): Context => {
  const as = { id: viewer.id, isAdmin: isAdmin(viewer) };
  return { app, viewer, as, loaders: createLoaders(app.catalogue, as) };
};

/** Forgets what was read before a change. */
export const readAfresh = (context: Context): void => {
  context.loaders = createLoaders(context.app.catalogue, context.as);
};
