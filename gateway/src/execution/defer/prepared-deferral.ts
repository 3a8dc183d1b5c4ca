import type { PlanNode, QueryPlan } from '@apollo/query-planner';
import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import type { Graph } from '../../supergraph/graph.ts';
import { type Conditions, decided, perConditions } from '../conditions.ts';
import { compilePlan } from '../plan/compile-plan.ts';
import type { IsOfType } from '../plan/representations.ts';
import type { Step } from '../plan/run.ts';
import { planOf, type ReadOperation, readOperation, shapeOf } from '../prepared-operation.ts';
import type { Shape } from '../shape/compile-shape.ts';
import { labelDefers } from './defers.ts';

/** What is fetched for one answer, and what is put off until after it. */
export type Block = { readonly step: Step | null; readonly later: readonly LaterBlock[] };

export type LaterBlock = {
  readonly label: string | undefined;
  /** The fetches without which this block has nothing to ask. */
  readonly waitsFor: readonly string[];
  readonly block: Block;
};

/** An operation that is answered in parts, with all that can be known of it before it is run. */
export type PreparedDeferral = ReadOperation & {
  readonly labels: ReadonlyMap<string, string | undefined>;
  /** Throws for what the planner refuses. */
  readonly formFor: (conditions: Conditions) => DeferralForm;
};

type DeferralForm = { readonly plan: QueryPlan; readonly shape: Shape; readonly block: Block };

/** Null for an operation that puts nothing off. */
export const prepareDeferral = (
  graph: Graph,
  document: DocumentNode,
  definition: OperationDefinitionNode,
): PreparedDeferral | null => {
  const labelled = labelDefers(document, definition);
  if (!labelled) return null;
  const read = readOperation(graph, labelled.document, definition.name?.value);
  return {
    ...read,
    labels: labelled.labels,
    formFor: perConditions((conditions) => {
      const plan = planOf(graph, decided(read.document, conditions), definition.name?.value);
      const { node } = plan;
      if (node?.kind === 'Subscription') throw new Error('a subscription puts nothing off');
      return { plan, shape: shapeOf(read, conditions), block: compileBlock(node, graph.isOfType) };
    }),
  };
};

const compileBlock = (node: PlanNode | undefined, isOfType: IsOfType): Block => {
  if (!node) return { step: null, later: [] };
  if (node.kind !== 'Defer') return { step: compilePlan(node, isOfType), later: [] };
  const { primary, deferred } = node;
  return {
    step: primary.node ? compilePlan(primary.node, isOfType) : null,
    later: deferred.map(({ label, depends, node: later }) => ({
      label,
      waitsFor: depends.map(({ id }) => id),
      block: compileBlock(later, isOfType),
    })),
  };
};
