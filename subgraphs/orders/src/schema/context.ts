import { isAdmin, isSupport, type SignedInViewer, type Viewer } from '@emporium/subgraph';
import type { App } from '../application/app.ts';
import type { UserId } from '../application/ports.ts';
import type { RuleMaker } from '../domain/checkout/may-keep.ts';
import type { Onlooker } from '../domain/may-read.ts';
import type { Actor } from '../domain/order-command.ts';
import { createLoaders, type Loaders } from './loaders.ts';

/** What resolvers get. */
export type Context = { readonly app: App; readonly viewer: Viewer; readonly loaders: Loaders };

/** A context for one request, or for one event of a subscription. */
export const createContext = (app: App, viewer: Viewer): Context => ({
  app,
  viewer,
  loaders: createLoaders(app.reads, onlookerOf(viewer)),
});

export const onlookerOf = (viewer: Viewer): Onlooker => ({
  id: viewer.id as UserId | null,
  readsAll: isAdmin(viewer) || isSupport(viewer),
});

export const actorOf = (viewer: SignedInViewer): Actor => ({
  id: viewer.id as UserId,
  isAdmin: isAdmin(viewer),
});

export const makerOf = (viewer: SignedInViewer): RuleMaker => ({
  ...actorOf(viewer),
  isSeller: viewer.roles.includes('SELLER'),
});
