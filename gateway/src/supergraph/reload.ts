import type { Logger } from '../logger.ts';
import type { Metrics } from '../metrics.ts';
import type { Graph } from './graph.ts';

type Options = {
  readonly current: () => Graph;
  /** Rejects for a supergraph that could not be served. */
  readonly load: (sdl: string) => Promise<Graph>;
  readonly serve: (graph: Graph) => void;
  readonly logger: Logger;
  readonly metrics: Metrics;
};

/** Serves another supergraph from now on; or says why it cannot be served, and changes nothing. */
export type Reload = (sdl: string) => Promise<void>;

/** All that can fail is done before anything is replaced, and what is replaced is replaced at once. */
export const createReload =
  ({ current, load, serve, logger, metrics }: Options): Reload =>
  async (sdl) => {
    if (sdl === current().sdl) return;
    let graph: Graph;
    try {
      graph = await load(sdl);
    } catch (error) {
      metrics.reloads.inc({ outcome: 'refused' });
      logger.error(
        { reason: reasonOf(error) },
        'a new supergraph is refused, and the former one served on',
      );
      return;
    }
    serve(graph);
    metrics.reloads.inc({ outcome: 'served' });
    logger.info({ subgraphs: graph.subgraphs.map(({ name }) => name) }, 'serving a new supergraph');
  };

/** There is nothing to read where the supergraph was: the one served is served on. */
export const supergraphUnreadable =
  ({ logger, metrics }: Pick<Options, 'logger' | 'metrics'>) =>
  (error: unknown): void => {
    metrics.reloads.inc({ outcome: 'unreadable' });
    logger.error({ reason: String(error) }, 'the supergraph cannot be read, and the former one served on');
  };

/** The first paragraph of the message; those after it show the places in the SDL. */
const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n\n', 1).join();
