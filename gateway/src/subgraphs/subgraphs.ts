import type { Tracer } from '@emporium/telemetry';
import type { AskSubgraph } from '../execution/plan/run.ts';
import type { RequestContext } from '../execution/request-context.ts';
import { authorizationOf, type MintInternalToken, mintNothing } from '../identity/internal-tokens.ts';
import type { Logger } from '../logger.ts';
import type { Metrics } from '../metrics.ts';
import type { Propagation } from '../propagation/propagation.ts';
import { createUpstreamSockets, type UpstreamSockets } from '../subscriptions/upstream-sockets.ts';
import type { Subgraph } from '../supergraph/subgraph-urls.ts';
import { createTellRefusal } from './refused-token.ts';
import { type BreakerOptions, type BreakerState, withBreaker } from './resilience/with-breaker.ts';
import { withRetry } from './resilience/with-retry.ts';
import { createSubgraphClient, type SubgraphClient } from './subgraph-client.ts';
import { createSubgraphTransport, type SubgraphTransport } from './subgraph-transport.ts';

type Options = {
  readonly mint: MintInternalToken;
  readonly timeoutMs: number;
  readonly maxAnswerBytes: number;
  readonly breaker: BreakerOptions;
  /** Whether identical queries in flight are sent once. */
  readonly deduplicates: boolean;
  /** The name of the subgraph that keeps sessions in cookies. */
  readonly sessions: string;
  readonly propagation: Propagation;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly tracer: Tracer | null;
};

/** The ways to every subgraph: HTTP for queries and mutations, shared sockets for subscriptions. */
export type Subgraphs = {
  /**
   * Says where subgraphs are, by name. One that is where it was keeps its connections; those of one that moved end when
   * they are idle. One that is not named any more can still be asked by what began before.
   */
  connect(subgraphs: readonly Subgraph[]): void;
  /** How they are asked on behalf of one request. */
  askFor(context: RequestContext): AskSubgraph;
  readonly upstreams: Readonly<Record<string, UpstreamSockets>>;
  /** Whether a subgraph answers the gateway's own token. */
  answers(name: string): Promise<boolean>;
  close(): Promise<void>;
};

export const createSubgraphs = (options: Options): Subgraphs => {
  const { mint, timeoutMs, maxAnswerBytes, breaker, deduplicates, sessions } = options;
  const { propagation, logger, metrics, tracer } = options;
  const urls = new Map<string, string>();
  const transports = new Map<string, SubgraphTransport>();
  const clients = new Map<string, SubgraphClient>();
  const tellRefusal = createTellRefusal(logger, mint !== mintNothing);
  const upstreams: Record<string, UpstreamSockets> = {};

  const connect = ({ name, url }: Subgraph): void => {
    if (urls.get(name) === url) return;
    const transport = createSubgraphTransport(url, timeoutMs, maxAnswerBytes);
    const guarded = withBreaker(transport, breaker, tellState(name, options));
    const repeating = withRetry(guarded, { withinMs: timeoutMs / 2 });
    const keepsSessions = name === sessions;
    urls.set(name, url);
    transports.set(name, transport);
    clients.set(
      name,
      createSubgraphClient({
        name,
        transport: repeating,
        mint,
        deduplicates,
        keepsSessions,
        propagation,
        tellRefusal,
        logger,
        metrics,
        tracer,
      }),
    );
    upstreams[name] = createUpstreamSockets({ url, gatewayToken: () => mint(name) });
  };

  return {
    connect: (subgraphs) => {
      for (const subgraph of subgraphs) connect(subgraph);
    },
    askFor: (context) => (name, question) => {
      const client = clients.get(name);
      if (!client) throw new Error(`The plan names a subgraph that nothing connects to: ${name}`);
      return client(question, context);
    },
    upstreams,
    answers: async (name) => {
      const headers = {
        'content-type': 'application/json',
        accept: 'application/json',
        ...authorizationOf(await mint(name)),
      };
      const answer = await transports.get(name)?.post('{"query":"{ __typename }"}', headers, true);
      if (answer) tellRefusal(name, answer.status);
      return answer?.status === 200;
    },
    close: async () => {
      await Promise.all(Object.values(upstreams).map((upstream) => upstream.close()));
      await Promise.all([...transports.values()].map((transport) => transport.close()));
    },
  };
};

const measured: Readonly<Record<BreakerState, number>> = { closed: 0, 'half-open': 1, open: 2 };

/** Shows the state of a subgraph's breaker; the log has a line when it opens, and one when it is closed again. */
const tellState = (subgraph: string, { logger, metrics }: Options) => {
  metrics.breakerState.set({ subgraph }, measured.closed);
  let isAsked = true;
  return (state: BreakerState): void => {
    metrics.breakerState.set({ subgraph }, measured[state]);
    if (state === 'open' && isAsked) logger.warn({ subgraph }, 'a subgraph is away, and asked no more');
    if (state === 'closed') logger.info({ subgraph }, 'a subgraph is back');
    if (state !== 'half-open') isAsked = state === 'closed';
  };
};
