import { type DocumentNode, type FieldNode, Kind, visit } from 'graphql';
import type { InnerFields } from '../supergraph/inner-fields.ts';

const ending = '__asked';

/**
 * What a client's fields are called between the gateway and the subgraphs. The planner adds fields of its own, for keys
 * and `@requires`, and takes two that answer under one name for one field: a client that calls another field `id` would
 * choose the key by which the next subgraph is asked. So what is not such a field itself does not bear its name there.
 */
export type WireNames = {
  readonly nameOf: (field: FieldNode) => string;
  /** The document as it is planned; the same one if no name in it is taken. */
  readonly renamed: (document: DocumentNode) => DocumentNode;
};

export const createWireNames = ({ names, withArguments }: InnerFields): WireNames => {
  const isInner = ({ name, arguments: given = [] }: FieldNode, called: string): boolean =>
    called === name.value && given.length === 0 && !withArguments.has(called);
  const nameOf = (field: FieldNode): string => {
    const called = (field.alias ?? field.name).value;
    const taken = names.has(called) && !isInner(field, called);
    return taken || called.endsWith(ending) ? called + ending : called;
  };
  return {
    nameOf,
    renamed: (document) =>
      visit(document, {
        Field: (field) => {
          const name = nameOf(field);
          return name === (field.alias ?? field.name).value
            ? undefined
            : { ...field, alias: { kind: Kind.NAME, value: name } };
        },
      }),
  };
};

/** What the client calls what has this name on the wire. */
export const clientName = (name: string): string =>
  name.endsWith(ending) ? name.slice(0, -ending.length) : name;
