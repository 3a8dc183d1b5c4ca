import type { PlanNode } from '@apollo/query-planner';
import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import type { Graph } from '../../supergraph/graph.ts';
import { compilePlan } from '../plan/compile-plan.ts';
import type { IsOfType } from '../plan/representations.ts';
import type { Step } from '../plan/run.ts';
import { type PlannedOperation, perConditions, planOperation, shapeOf } from '../prepared-operation.ts';
import type { Shape } from '../shape/compile-shape.ts';
import { labelDefers } from './defers.ts';

type Conditions = Readonly<Record<string, boolean>>;

/** What is fetched for one answer, and what is put off until after it. */
export type Block = { readonly step: Step | null; readonly later: readonly LaterBlock[] };

export type LaterBlock = {
  readonly label: string | undefined;
  /** The fetches without which this block has nothing to ask. */
  readonly waitsFor: readonly string[];
  readonly block: Block;
};

/** An operation that is answered in parts, with all that can be known of it before it is run. */
export type PreparedDeferral = PlannedOperation & {
  readonly labels: ReadonlyMap<string, string | undefined>;
  readonly partsFor: (conditions: Conditions) => { readonly shape: Shape; readonly block: Block };
};

/** Null for an operation that puts nothing off. Throws for what the planner refuses. */
export const prepareDeferral = (
  graph: Graph,
  document: DocumentNode,
  definition: OperationDefinitionNode,
): PreparedDeferral | null => {
  const labelled = labelDefers(document, definition);
  if (!labelled) return null;
  const planned = planOperation(graph, labelled.document, definition.name?.value);
  const { node } = planned.plan;
  if (node?.kind === 'Subscription') return null;
  return {
    ...planned,
    labels: labelled.labels,
    partsFor: perConditions((conditions) => ({
      shape: shapeOf(planned, conditions),
      block: compileBlock(node, conditions, graph.isOfType),
    })),
  };
};

const compileBlock = (node: PlanNode | undefined, conditions: Conditions, isOfType: IsOfType): Block => {
  if (!node) return { step: null, later: [] };
  if (node.kind === 'Condition')
    return compileBlock(conditions[node.condition] ? node.ifClause : node.elseClause, conditions, isOfType);
  if (node.kind !== 'Defer') return { step: compilePlan(node, isOfType), later: [] };
  const { primary, deferred } = node;
  return {
    step: primary.node ? compilePlan(primary.node, isOfType) : null,
    later: deferred.map(({ label, depends, node: later }) => ({
      label,
      waitsFor: depends.map(({ id }) => id),
      block: compileBlock(later, conditions, isOfType),
    })),
  };
};
