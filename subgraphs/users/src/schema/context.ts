import type { RequestFacts, Viewer } from '@emporium/subgraph';
import DataLoader from 'dataloader';
import type { App } from '../application/create-app.ts';
import type { Origin } from '../application/origin.ts';
import { readSessionCookies, type SessionCookies } from './session-cookies.ts';

/** What a resolver is given: the use cases, who asks, and reads batched for this request alone. */
export type Context = {
  readonly app: App;
  readonly viewer: Viewer;
  readonly loaders: ReturnType<typeof createLoaders>;
  readonly cookies: SessionCookies;
  readonly origin: Origin;
};

const createLoaders = (app: App) => ({
  users: new DataLoader((ids: readonly string[]) => app.showUsers(ids)),
  sellers: new DataLoader((ids: readonly string[]) => app.findSellers(ids)),
  addresses: new DataLoader((ids: readonly string[]) => app.findAddresses(ids)),
  avatarUrls: new DataLoader((ids: readonly string[]) => app.findAvatarUrls(ids)),
});

const longestDevice = 200;

/** What the client calls itself, as far as that can be kept and shown. */
const deviceOf = ({ headers: { 'user-agent': agent } }: RequestFacts): string | null =>
  typeof agent === 'string' ? agent.replaceAll(/[^\x20-\x7e]/g, '').slice(0, longestDevice) || null : null;

/** `secureCookies` as in the configuration: `auto` spares browsers on loopback, which may come without TLS. */
export const createContextOf =
  (app: App, secureCookies: 'auto' | 'always') =>
  (viewer: Viewer, request: RequestFacts): Context => ({
    app,
    viewer,
    loaders: createLoaders(app),
    cookies: readSessionCookies(request, secureCookies),
    origin: { address: viewer.address, device: deviceOf(request) },
  });
