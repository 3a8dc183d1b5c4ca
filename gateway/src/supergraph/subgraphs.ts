import type { AskSubgraph } from '../execution/plan/run.ts';
import type { RequestContext } from '../execution/request-context.ts';
import { createSubgraphClient, type SubgraphClient } from '../execution/subgraph-client.ts';
import { createSubgraphTransport, type SubgraphTransport } from '../execution/subgraph-transport.ts';
import type { MintInternalToken } from '../identity/internal-tokens.ts';
import type { Logger } from '../logger.ts';
import type { Metrics } from '../metrics.ts';
import type { Propagation } from '../propagation/propagation.ts';
import { createUpstreamSockets, type UpstreamSockets } from '../subscriptions/upstream-sockets.ts';
import type { Subgraph } from './subgraph-urls.ts';

type Options = {
  readonly subgraphs: readonly Subgraph[];
  readonly mint: MintInternalToken;
  readonly timeoutMs: number;
  readonly maxAnswerBytes: number;
  /** The name of the subgraph that keeps sessions in cookies. */
  readonly sessions: string;
  readonly propagation: Propagation;
  readonly logger: Logger;
  readonly metrics: Metrics;
};

/** The ways to every subgraph: HTTP for queries and mutations, shared sockets for subscriptions. */
export type Subgraphs = {
  /** How they are asked on behalf of one request. */
  askFor(context: RequestContext): AskSubgraph;
  readonly upstreams: Readonly<Record<string, UpstreamSockets>>;
  /** Whether a subgraph answers the gateway's own token. */
  answers(name: string): Promise<boolean>;
  close(): Promise<void>;
};

export const connectSubgraphs = (options: Options): Subgraphs => {
  const { subgraphs, mint, timeoutMs, maxAnswerBytes, sessions, propagation, logger, metrics } = options;
  const transports: SubgraphTransport[] = [];
  const clients = new Map<string, SubgraphClient>();
  const upstreams: Record<string, UpstreamSockets> = {};
  const probes: Record<string, () => Promise<boolean>> = {};
  for (const { name, url } of subgraphs) {
    const transport = createSubgraphTransport(url, timeoutMs, maxAnswerBytes);
    const keepsSessions = name === sessions;
    transports.push(transport);
    clients.set(
      name,
      createSubgraphClient({ name, transport, mint, keepsSessions, propagation, logger, metrics }),
    );
    upstreams[name] = createUpstreamSockets({ url, gatewayToken: () => mint(name) });
    probes[name] = async () => {
      const authorization = `Bearer ${await mint(name)}`;
      const headers = { 'content-type': 'application/json', accept: 'application/json', authorization };
      const { status } = await transport.post('{"query":"{ __typename }"}', headers, true);
      return status === 200;
    };
  }
  return {
    askFor: (context) => (name, question) => {
      const client = clients.get(name);
      if (!client) throw new Error(`The plan names a subgraph that nothing connects to: ${name}`);
      return client(question, context);
    },
    upstreams,
    answers: async (name) => (await probes[name]?.()) ?? false,
    close: async () => {
      await Promise.all(Object.values(upstreams).map((upstream) => upstream.close()));
      await Promise.all(transports.map((transport) => transport.close()));
    },
  };
};
