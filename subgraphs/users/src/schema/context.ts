import type { RequestFacts, Viewer } from '@emporium/subgraph';
import DataLoader from 'dataloader';
import type { App } from '../application/create-app.ts';
import { readSessionCookies, type SessionCookies } from './session-cookies.ts';

/** What a resolver is given: the use cases, who asks, and reads batched for this request alone. */
export type Context = {
  readonly app: App;
  readonly viewer: Viewer;
  readonly loaders: ReturnType<typeof createLoaders>;
  readonly cookies: SessionCookies;
};

const createLoaders = (app: App, viewer: Viewer) => ({
  users: new DataLoader((ids: readonly string[]) => app.showUsers(ids, viewer)),
  sellers: new DataLoader((ids: readonly string[]) => app.showSellers(ids, viewer)),
});

/** `secureCookies` as in the configuration: `auto` spares browsers on loopback, which may come without TLS. */
export const createContextOf =
  (app: App, secureCookies: 'auto' | 'always') =>
  (viewer: Viewer, request: RequestFacts): Context => ({
    app,
    viewer,
    loaders: createLoaders(app, viewer),
    cookies: readSessionCookies(request, secureCookies),
  });
