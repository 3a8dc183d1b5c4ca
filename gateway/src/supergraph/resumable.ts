import { type DocumentNode, Kind, type StringValueNode, type TypeNode } from 'graphql';

/** A subscription field that can go on where it stopped: `argument` takes the last value of its result's field `from`. */
export type Resumption = {
  readonly argument: string;
  readonly argumentType: TypeNode;
  readonly from: string;
};

/** Subscription fields by name that carry `@resumable(argument:, from:)` in the supergraph's SDL. */
export const findResumable = (
  sdl: DocumentNode,
  subscriptionType: string,
): ReadonlyMap<string, Resumption> => {
  const found = new Map<string, Resumption>();
  for (const definition of sdl.definitions) {
    const isRoot =
      definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.OBJECT_TYPE_EXTENSION;
    if (!isRoot || definition.name.value !== subscriptionType) continue;
    for (const field of definition.fields ?? []) {
      const directive = field.directives?.find(({ name }) => name.value === 'resumable');
      const text = (name: string): string | undefined =>
        directive?.arguments?.find(
          (argument): argument is typeof argument & { value: StringValueNode } =>
            argument.name.value === name && argument.value.kind === Kind.STRING,
        )?.value.value;
      const argument = field.arguments?.find(({ name }) => name.value === text('argument'));
      const from = text('from');
      if (argument && from)
        found.set(field.name.value, { argument: argument.name.value, argumentType: argument.type, from });
    }
  }
  return found;
};
