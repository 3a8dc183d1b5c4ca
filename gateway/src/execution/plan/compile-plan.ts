import type { PlanNode } from '@apollo/query-planner';
import { compileFetch } from './compile-fetch.ts';
import type { PlanPath } from './objects-at.ts';
import type { IsOfType } from './representations.ts';
import type { Step } from './run.ts';

/** Compiles a query plan, once per operation, into a function that runs it. */
export const compilePlan = (node: PlanNode, isOfType: IsOfType, path: PlanPath = []): Step => {
  switch (node.kind) {
    case 'Fetch':
      return telling(node.id, compileFetch(node, path, isOfType));
    case 'Flatten':
      return compilePlan(node.node, isOfType, [...path, ...node.path]);
    case 'Sequence':
      return inSequence(node.nodes.map((child) => compilePlan(child, isOfType, path)));
    case 'Parallel':
      return inParallel(node.nodes.map((child) => compilePlan(child, isOfType, path)));
    case 'Condition':
      throw new Error('conditions are decided before an operation is planned');
    case 'Defer':
      throw new Error('only the top of a plan, or of a part that is put off, puts something off');
  }
};

/** Only fetches that something waits for have an id. */
const telling = (id: string | undefined, step: Step): Step =>
  id === undefined
    ? step
    : async (run) => {
        await step(run);
        run.arrived?.(id);
      };

const inSequence =
  (steps: readonly Step[]): Step =>
  async (run) => {
    for (const step of steps) await step(run);
  };

const inParallel =
  (steps: readonly Step[]): Step =>
  async (run) => {
    await Promise.all(steps.map((step) => step(run)));
  };
