import type { GraphQLDataSource } from '@apollo/gateway';
import { subgraphUnavailable } from '../errors.ts';
import { type MintInternalToken, viewerKey } from '../identity/internal-tokens.ts';
import type { Viewer } from '../identity/viewer.ts';
import type { Logger } from '../logger.ts';
import type { Metrics } from '../metrics.ts';
import { createInFlight } from './in-flight.ts';
import type { RequestContext } from './request-context.ts';
import { readAnswer, type SubgraphAnswer } from './subgraph-answer.ts';
import { presentErrors } from './subgraph-errors.ts';
import type { RawAnswer, SubgraphTransport } from './subgraph-transport.ts';

type Options = {
  readonly name: string;
  readonly transport: SubgraphTransport;
  readonly mint: MintInternalToken;
  /** Whether this is the one subgraph that keeps sessions in cookies. */
  readonly keepsSessions: boolean;
  readonly logger: Logger;
  readonly metrics: Metrics;
};

/**
 * How the gateway asks one subgraph. Queries that are identical, for the same viewer and with the same headers, are sent
 * once while they are in flight; mutations never are shared. Each consumer parses the answer for itself, because merging
 * changes it in place.
 */
export const createSubgraphDataSource = (options: Options): GraphQLDataSource => {
  const { name, transport, mint, keepsSessions, logger, metrics } = options;
  const inFlight = createInFlight<RawAnswer>();

  const send = async (
    body: string,
    headers: Record<string, string>,
    viewer: Viewer | undefined,
    mayRepeat: boolean,
  ): Promise<RawAnswer> => {
    const observed = metrics.fetchLatency.startTimer({ subgraph: name });
    try {
      const authorization = `Bearer ${await mint(name, viewer)}`;
      return await transport.post(body, { ...jsonHeaders, ...headers, authorization }, mayRepeat);
    } finally {
      observed();
    }
  };

  const fetchOnce = (body: string, context: RequestContext | null, isMutation: boolean) => {
    const session = keepsSessions && context ? context.sessionHeaders : {};
    const headers = { ...session, ...(context ? { traceparent: context.traceparent } : {}) };
    const work = () => send(body, headers, context?.viewer, !isMutation);
    if (isMutation) return { result: work(), shared: false };
    return inFlight.share(`${viewerKey(context?.viewer)}\n${JSON.stringify(session)}\n${body}`, work);
  };

  return {
    process: async (asked) => {
      const { query = '', variables, operationName } = asked.request;
      const context = asked.kind === 'incoming operation' ? (asked.context as RequestContext) : null;
      const isMutation = query.startsWith('mutation');
      const { result, shared } = fetchOnce(
        JSON.stringify({ query, variables, operationName }),
        context,
        isMutation,
      );
      let answer: SubgraphAnswer;
      try {
        const raw = await result;
        answer = readAnswer(raw);
        // Only a mutation opens or ends a session, and only its answer is certainly this client's own.
        if (keepsSessions && isMutation) context?.setCookies.push(...raw.setCookies);
      } catch (error) {
        metrics.fetches.inc({ subgraph: name, outcome: 'unavailable' });
        logger.warn({ subgraph: name, reason: String(error) }, 'a subgraph is unavailable');
        throw subgraphUnavailable(name, pathOf(asked));
      }
      metrics.fetches.inc({ subgraph: name, outcome: shared ? 'shared' : 'answered' });
      return {
        data: answer.data ?? null,
        ...(answer.errors ? { errors: presentErrors(answer.errors, name, logger) } : {}),
      };
    },
  };
};

const jsonHeaders = { 'content-type': 'application/json', accept: 'application/json' };

/** Where the fetched data would have gone, down to the first list: the planner does not say which elements. */
const pathOf = (asked: Parameters<GraphQLDataSource['process']>[0]): (string | number)[] | undefined => {
  const path = asked.kind === 'incoming operation' ? (asked.pathInIncomingRequest ?? []) : [];
  const list = path.indexOf('@');
  const known = list < 0 ? path : path.slice(0, list);
  return known.length > 0 ? known : undefined;
};
