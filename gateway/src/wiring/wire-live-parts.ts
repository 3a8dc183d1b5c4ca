import type { Server } from 'node:http';
import type { Identity } from '../identity/identify.ts';
import type { News } from '../news.ts';
import { createAcceptOperation } from '../subscriptions/accept-operation.ts';
import { createCompletions } from '../subscriptions/completions.ts';
import { createEventStreams, type EventStreams } from '../subscriptions/event-streams.ts';
import { createFederatedSubscriptions } from '../subscriptions/federated-subscriptions.ts';
import { createPrepareOperation } from '../subscriptions/prepare-operation.ts';
import { createQuota } from '../subscriptions/quota.ts';
import type { FeedTiming } from '../subscriptions/upstream-feed.ts';
import { acceptWebSockets, type WebSockets } from '../subscriptions/websocket-server.ts';
import type { OperationParts } from './operation-parts.ts';
import { graphqlPath } from './wire-routes.ts';

type Parts = OperationParts & {
  readonly news: News;
  /** Takes upgrades to sockets from here on. */
  readonly server: Server;
  readonly feedTiming: Partial<FeedTiming> | undefined;
};

/** Where clients stay connected. Those whose session ends are told to go, wherever they are. */
export type LiveParts = { readonly events: EventStreams; readonly webSockets: WebSockets };

export const wireLiveParts = (parts: Parts): LiveParts => {
  const { config, graph, news, identification, limits, load, findDocument, execution } = parts;
  const { logger, metrics, observer, mask } = parts.instruments;
  const { subgraphs, propagation, mint } = graph;
  const { admit, rateLimits } = limits;
  const accept = createAcceptOperation({
    apollo: execution.apollo,
    findDocument,
    prepare: createPrepareOperation(graph.current, {
      introspection: config.INTROSPECTION,
      maxTokens: config.MAX_TOKENS,
    }),
    admit,
    rateLimits,
    subscribe: createFederatedSubscriptions({
      askFor: subgraphs.askFor,
      upstreams: () => subgraphs.upstreams,
      mint,
      mask,
      maxWaiting: config.MAX_WAITING_EVENTS,
      takeTurns: createCompletions(config.MAX_EVENT_COMPLETIONS, metrics),
      ...(parts.feedTiming ? { timing: parts.feedTiming } : {}),
      logger,
      metrics,
      observer,
    }),
    quota: createQuota(config.MAX_SUBSCRIPTIONS_PER_VIEWER),
    observer,
  });
  const events = createEventStreams({
    identification,
    propagation,
    accept,
    mask,
    maxBodyBytes: config.MAX_BODY_BYTES,
  });
  const webSockets = acceptWebSockets({
    server: parts.server,
    path: graphqlPath,
    isOverloaded: load.isOverloaded,
    identification,
    accept,
    rateLimits,
    propagation,
    mask,
    maxPayload: config.MAX_BODY_BYTES,
    maxSubscriptionsPerSocket: config.MAX_SUBSCRIPTIONS_PER_SOCKET,
    quota: createQuota(config.MAX_SOCKETS_PER_VIEWER),
    logger,
  });

  const hasEnded = ({ viewer, issuedAt }: Identity): boolean =>
    viewer.id !== null &&
    news.isRevoked({
      subject: viewer.id,
      issuedAt: issuedAt ?? 0,
      ...(viewer.session && { session: viewer.session }),
    });
  news.onRevoked(() => {
    webSockets.refuse(hasEnded);
    events.refuse(hasEnded);
  });
  return { events, webSockets };
};
