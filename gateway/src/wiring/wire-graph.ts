import type { Config } from '../config.ts';
import type { Probes } from '../http/readiness.ts';
import { createInternalTokens, type MintInternalToken, mintNothing } from '../identity/internal-tokens.ts';
import { apolloLogger } from '../logger.ts';
import { createPropagation, type Propagation } from '../propagation/propagation.ts';
import { createSubgraphs, type Subgraphs } from '../subgraphs/subgraphs.ts';
import { type Graph, loadGraph } from '../supergraph/graph.ts';
import { overrideUrls } from '../supergraph/subgraph-urls.ts';
import type { Instruments } from './instruments.ts';

type Parts = { readonly config: Config; readonly instruments: Instruments; readonly supergraphSdl: string };

export type WiredGraph = {
  /** Rejects for a supergraph that could not be served. */
  load(sdl: string): Promise<Graph>;
  /** The graph that new operations run on. */
  current(): Graph;
  /** Puts another in its place, and goes to where its subgraphs are. */
  replace(next: Graph): void;
  readonly subgraphs: Subgraphs;
  readonly mint: MintInternalToken;
  readonly propagation: Propagation;
  /** Each subgraph that is there from the beginning has answered once, unless it has gone since. */
  readonly probes: Probes;
};

/** The graph and the ways to its subgraphs. Rejects for a supergraph that does not load. */
export const wireGraph = async ({ config, instruments, supergraphSdl }: Parts): Promise<WiredGraph> => {
  const { logger, metrics, tracer } = instruments;
  const load = (sdl: string): Promise<Graph> => loadGraph(sdl, apolloLogger(logger));
  let graph = await load(supergraphSdl);
  const mint = config.INTERNAL_SIGNING_KEY
    ? createInternalTokens(config.INTERNAL_SIGNING_KEY)
    : mintNothing;
  if (mint === mintNothing) logger.warn('INTERNAL_SIGNING_KEY is not set: subgraphs are not told who asks');
  const propagation = createPropagation(config.PROPAGATE_HEADERS);
  const subgraphs = createSubgraphs({
    mint,
    timeoutMs: config.SUBGRAPH_TIMEOUT_MS,
    maxAnswerBytes: config.MAX_SUBGRAPH_ANSWER_BYTES,
    breaker: {
      failureRatio: config.BREAKER_FAILURE_RATIO,
      minFetches: config.BREAKER_MIN_FETCHES,
      openMs: config.BREAKER_OPEN_MS,
    },
    deduplicates: config.DEDUPLICATE_FETCHES,
    sessions: config.SET_COOKIE_FROM,
    propagation,
    logger,
    metrics,
    tracer,
  });

  const connect = (next: Graph): void => {
    const { subgraphs: known, unknown } = overrideUrls(next.subgraphs, config.SUBGRAPH_URLS);
    for (const name of unknown) logger.warn(`SUBGRAPH_URL_${name} names no subgraph of this supergraph`);
    for (const name of propagation.named)
      if (!known.some((subgraph) => subgraph.name === name))
        logger.warn(`PROPAGATE_HEADERS names ${name}, which is no subgraph of this supergraph`);
    subgraphs.connect(known);
  };
  connect(graph);

  const isServed = (subgraph: string): boolean => graph.subgraphs.some(({ name }) => name === subgraph);
  return {
    load,
    current: () => graph,
    replace: (next) => {
      connect(next);
      graph = next;
    },
    subgraphs,
    mint,
    propagation,
    probes: Object.fromEntries(
      graph.subgraphs.map(({ name }) => [name, async () => !isServed(name) || subgraphs.answers(name)]),
    ),
  };
};
