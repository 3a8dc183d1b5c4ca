import type { FetchNode } from '@apollo/query-planner';
import type { Run, SubgraphQuestion } from './run.ts';

/** Compiles the JSON that a fetch sends, of which only variables and representations (JSON, too) change. */
export const compileQuestion = (node: FetchNode) => {
  const name = node.operationName ? `,"operationName":${JSON.stringify(node.operationName)}` : '';
  const head = `{"query":${JSON.stringify(node.operation)}${name},"variables":{`;
  const usages = (node.variableUsages ?? []).map(
    (variable) => [variable, `${JSON.stringify(variable)}:`] as const,
  );
  const isMutation = node.operationKind === 'mutation';
  return ({ variables }: Run, representations?: string): SubgraphQuestion => {
    const parts = representations === undefined ? [] : [`"representations":[${representations}]`];
    for (const [variable, key] of usages) {
      const value = Object.hasOwn(variables, variable) ? variables[variable] : undefined;
      if (value !== undefined) parts.push(key + JSON.stringify(value));
    }
    return { body: `${head}${parts.join()}}}`, isMutation };
  };
};
