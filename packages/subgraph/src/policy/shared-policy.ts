import { each, open, type Policy } from './policy.ts';

/** A page of something: whoever has the list sees its pages; the nodes have a policy of their own. */
export const pagesOf = (...nodes: readonly string[]): Policy =>
  Object.fromEntries(
    nodes.flatMap((node) => [
      [`${node}Connection`, each(open, 'edges', 'pageInfo')],
      [`${node}Edge`, each(open, 'cursor', 'node')],
    ]),
  );

/** Refusals are for whoever is refused. */
export const refusals = (...types: readonly string[]): Policy =>
  Object.fromEntries(types.map((type) => [type, each(open, 'message', 'code')]));

/** The types that packages/subgraph brings: parts of what their reader has already. */
export const sharedPolicy: Policy = {
  Money: each(open, 'amount', 'currency'),
  PageInfo: each(open, 'hasNextPage', 'hasPreviousPage', 'startCursor', 'endCursor'),
  // `withOperations` says who has them.
  SubgraphOperations: each(open, 'name', 'parkedMessages', 'outbox', 'consumers', 'actions'),
  ParkedMessage: each(
    open,
    ...['id', 'consumer', 'eventId', 'subject', 'reason', 'attempts', 'parkedAt', 'replayAskedAt'],
    ...['resolution', 'resolvedAt', 'correlationId', 'causationId', 'traceparent', 'envelope'],
  ),
  OutboxState: each(open, 'waiting', 'oldestSeconds', 'lastPublishedAt', 'hasLeader'),
  ConsumerState: each(open, 'name', 'subject', 'pending', 'ackPending', 'redelivered'),
  OperatorAction: each(open, 'id', 'kind', 'actorId', 'reason', 'target', 'messages', 'at'),
  ...pagesOf('ParkedMessage', 'OperatorAction'),
  ...refusals('OperationRefusal'),
};
