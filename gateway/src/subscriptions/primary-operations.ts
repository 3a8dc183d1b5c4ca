import type { SubscriptionNode } from '@apollo/query-planner';
import {
  type ArgumentNode,
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  visit,
} from 'graphql';
import type { Resumption } from '../supergraph/resumable.ts';

/** What is sent to the subgraph that owns a subscription: to begin it, and to go on with it. */
export type PrimaryOperations = {
  readonly start: string;
  /** Null where the field cannot resume: then beginning again brings the present state. */
  readonly resume: string | null;
  /** Where an event stands in its stream; undefined when it does not say. */
  readonly positionOf: (data: Readonly<Record<string, unknown>> | null | undefined) => unknown;
  readonly variablesAt: (position: unknown) => Record<string, unknown>;
  /** Whether a client asks for what came after a position of its own. */
  readonly startsAfter: (variables: Readonly<Record<string, unknown>>) => boolean;
};

type ResumptionOf = (field: string) => Resumption | undefined;

/**
 * Reworks a plan's primary operation so that the stream can be resumed, where its field says that it can. Where it has got to
 * is read under a name, and told in a variable, that stands nowhere in the plan: so neither is the client's, or a subgraph's.
 */
export const primaryOperations = (
  plan: Pick<SubscriptionNode, 'primary' | 'rest'>,
  resumptionOf: ResumptionOf,
): PrimaryOperations => {
  const { operation } = plan.primary;
  const definition = parse(operation).definitions.find(
    (candidate): candidate is OperationDefinitionNode => candidate.kind === Kind.OPERATION_DEFINITION,
  );
  const field = definition?.selectionSet.selections.find(
    (selection): selection is FieldNode => selection.kind === Kind.FIELD,
  );
  const resumption = field && resumptionOf(field.name.value);
  if (!definition || !field?.selectionSet || !resumption)
    return {
      start: operation,
      resume: null,
      positionOf: () => undefined,
      variablesAt: () => ({}),
      startsAfter: () => false,
    };

  const position = nameNotIn(JSON.stringify(plan));
  const begun: FieldNode = {
    ...field,
    selectionSet: {
      ...field.selectionSet,
      selections: [...field.selectionSet.selections, aliased(position, resumption.from)],
    },
  };
  const key = (field.alias ?? field.name).value;
  const after = field.arguments?.find((argument) => argument.name.value === resumption.argument)?.value;
  return {
    start: print(withField(definition, field, begun)),
    resume: print(withoutUnusedVariables(resumed(definition, field, begun, resumption, position))),
    positionOf: (data) => {
      const value = data?.[key];
      return value !== null && typeof value === 'object'
        ? (value as Record<string, unknown>)[position]
        : undefined;
    },
    variablesAt: (value) => ({ [position]: value }),
    startsAfter: (variables) => {
      if (!after || after.kind === Kind.NULL) return false;
      return after.kind !== Kind.VARIABLE || (variables[after.name.value] ?? null) !== null;
    },
  };
};

const nameNotIn = (plan: string): string => {
  let free = 'gatewayPosition';
  while (plan.includes(free)) free += '_';
  return free;
};

const name = (value: string) => ({ kind: Kind.NAME, value }) as const;

const aliased = (alias: string, field: string): FieldNode => ({
  kind: Kind.FIELD,
  alias: name(alias),
  name: name(field),
});

const withField = (
  definition: OperationDefinitionNode,
  old: FieldNode,
  field: FieldNode,
): OperationDefinitionNode => ({
  ...definition,
  selectionSet: {
    ...definition.selectionSet,
    selections: definition.selectionSet.selections.map((selection) =>
      selection === old ? field : selection,
    ),
  },
});

const resumed = (
  definition: OperationDefinitionNode,
  old: FieldNode,
  begun: FieldNode,
  { argument, argumentType }: Resumption,
  variableName: string,
): OperationDefinitionNode => {
  const variable = { kind: Kind.VARIABLE, name: name(variableName) } as const;
  const position: ArgumentNode = { kind: Kind.ARGUMENT, name: name(argument), value: variable };
  const others = (begun.arguments ?? []).filter((given) => given.name.value !== argument);
  return {
    ...withField(definition, old, { ...begun, arguments: [...others, position] }),
    variableDefinitions: [
      ...(definition.variableDefinitions ?? []),
      { kind: Kind.VARIABLE_DEFINITION, variable, type: argumentType },
    ],
  };
};

/** The client's own value of the argument may have been all that a variable was for, and subgraphs refuse unused ones. */
const withoutUnusedVariables = (definition: OperationDefinitionNode): OperationDefinitionNode => {
  const used = new Set<string>();
  const { variableDefinitions, ...body } = definition;
  visit(body as OperationDefinitionNode, { Variable: (variable) => void used.add(variable.name.value) });
  return {
    ...definition,
    variableDefinitions: (variableDefinitions ?? []).filter((one) => used.has(one.variable.name.value)),
  };
};
