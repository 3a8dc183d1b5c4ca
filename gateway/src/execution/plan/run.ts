import type { GraphQLError } from 'graphql';
import type { SubgraphAnswer } from '../../subgraphs/subgraph-answer.ts';
import type { Fetched } from './fetched.ts';

/** One question to a subgraph: a JSON body that is ready to be sent. */
export type SubgraphQuestion = { readonly body: string; readonly isMutation: boolean };

/** Asks a subgraph by name; null when no usable answer came, which is then logged and counted. Errors are fit for clients. */
export type AskSubgraph = (subgraph: string, question: SubgraphQuestion) => Promise<SubgraphAnswer | null>;

/** One run of a plan: what it was given, and what it has gathered so far. */
export type Run = {
  /** As the client sent them. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** The Boolean variables by which the operation includes and skips, with their defaults. */
  readonly conditions: Readonly<Record<string, boolean>>;
  readonly ask: AskSubgraph;
  readonly data: Fetched;
  readonly errors: GraphQLError[];
  /** Told of fetches that something which is put off waits for. */
  readonly arrived?: (fetch: string) => void;
};

/** A part of a plan. It never rejects for what a subgraph does: that becomes an error of the run. */
export type Step = (run: Run) => Promise<void>;
