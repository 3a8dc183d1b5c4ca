import type { FetchNode } from '@apollo/query-planner';
import type { GraphQLFormattedError } from 'graphql';
import { compileEntityFetch } from './entity-fetch.ts';
import { fetchErrors } from './fetch-errors.ts';
import { type Fetched, merge } from './fetched.ts';
import { objectsAt, type PlanPath } from './objects-at.ts';
import { compileQuestion } from './question.ts';
import type { IsOfType } from './representations.ts';
import { compileRewrites } from './rewrites.ts';
import type { Run, Step } from './run.ts';

/** Compiles one fetch: what it asks is written once, and only variables and representations are added per run. */
export const compileFetch = (node: FetchNode, path: PlanPath, isOfType: IsOfType): Step =>
  node.requires ? compileEntityFetch(node, path, isOfType) : compileRootFetch(node, path, isOfType);

/** Merges what came into all objects that are at the path: the root, or objects from which the root can be asked again. */
const compileRootFetch = (node: FetchNode, path: PlanPath, isOfType: IsOfType): Step => {
  const question = compileQuestion(node);
  const receive = compileReceive(node, path, isOfType);
  const { unavailable } = fetchErrors(node, path);
  return async (run) => {
    const targets = objectsAt(run.data, path);
    if (targets.length === 0) return;
    const answer = await run.ask(node.serviceName, question(run));
    if (answer) receive(answer.data, answer.errors, run, targets);
    else run.errors.push(unavailable());
  };
};

/** Takes in an answer to a fetch without representations; what begins a subscription's event is one, too. */
export type Receive = (
  data: Readonly<Record<string, unknown>> | null | undefined,
  errors: readonly GraphQLFormattedError[] | undefined,
  run: Run,
  targets: readonly Fetched[],
) => void;

export const compileReceive = (node: FetchNode, path: PlanPath, isOfType: IsOfType): Receive => {
  const rewrite = compileRewrites(node.outputRewrites, isOfType);
  const { relocated, somewhere } = fetchErrors(node, path);
  const at = path.includes('@') ? null : path;
  return (data, errors, run, targets) => {
    for (const error of errors ?? [])
      run.errors.push(error.path && at ? relocated(error, at, error.path) : somewhere(error));
    if (!data) return;
    rewrite?.(data);
    for (const target of targets) merge(target, data);
  };
};
