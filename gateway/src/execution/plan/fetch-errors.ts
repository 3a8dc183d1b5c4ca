import type { FetchNode } from '@apollo/query-planner';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { subgraphUnavailable } from '../../errors.ts';
import { clientName } from '../wire-names.ts';
import type { PlanPath, ResultPath } from './objects-at.ts';
import { renamesOf } from './rewrites.ts';

/** What goes wrong in one fetch, told as of the client's own operation. */
export type FetchErrors = {
  /** A subgraph's error, whose path is `inAnswer` below `at`. */
  relocated(error: GraphQLFormattedError, at: ResultPath, inAnswer: ResultPath): GraphQLError;
  /** A subgraph's error that does not say where it happened. */
  somewhere(error: GraphQLFormattedError): GraphQLError;
  unavailable(): GraphQLError;
};

export const fetchErrors = ({ serviceName, outputRewrites }: FetchNode, path: PlanPath): FetchErrors => {
  const renames = renamesOf(outputRewrites);
  const known = knownPart(path);
  const tell = ({ message, extensions }: GraphQLFormattedError, at: ResultPath | null): GraphQLError =>
    new GraphQLError(message, { path: at, extensions: { ...extensions, serviceName } });
  return {
    relocated: (error, at, inAnswer) =>
      tell(error, [
        ...asClientsSay(at),
        ...asClientsSay(
          inAnswer.map((step) => (typeof step === 'string' ? (renames.get(step) ?? step) : step)),
        ),
      ]),
    somewhere: (error) => tell(error, known ?? null),
    unavailable: () => subgraphUnavailable(serviceName, known),
  };
};

/** Where fetched data would have gone, down to the first list; undefined for the root. */
const knownPart = (path: PlanPath): ResultPath | undefined => {
  const list = path.indexOf('@');
  const known = list < 0 ? path : path.slice(0, list);
  return known.length > 0 ? asClientsSay(known) : undefined;
};

const asClientsSay = (path: ResultPath): ResultPath =>
  path.map((step) => (typeof step === 'string' ? clientName(step) : step));
