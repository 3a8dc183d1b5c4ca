import type { FetchNode, QueryPlanSelectionNode } from '@apollo/query-planner';
import { type Fetched, own } from './fetched.ts';
import { compileRepresentation, type IsOfType } from './representations.ts';
import { compileRewrites } from './rewrites.ts';

/** What another subgraph is sent of an object, as JSON; null for an object that it is not asked about. */
export type RepresentationText = (object: Fetched) => string | null;

/** Compiles how a fetch tells objects. Most are told by a few plain fields of one type: of those no object is made first. */
export const compileRepresentationText = (
  { requires = [], inputRewrites }: Pick<FetchNode, 'requires' | 'inputRewrites'>,
  isOfType: IsOfType,
): RepresentationText => {
  const rewrite = compileRewrites(inputRewrites, isOfType);
  const plain = rewrite ? null : plainFields(requires);
  if (plain) return compilePlain(plain, isOfType);
  const represent = compileRepresentation(requires, isOfType);
  return (object) => {
    const representation = represent(object);
    if (!representation) return null;
    rewrite?.(representation);
    return JSON.stringify(representation);
  };
};

type PlainFields = { readonly typeCondition: string; readonly fields: readonly string[] };

/** The fields of a representation that has nothing else, `__typename` among them; null for any other. */
const plainFields = (requires: readonly QueryPlanSelectionNode[]): PlainFields | null => {
  const [fragment] = requires;
  if (requires.length !== 1 || fragment?.kind !== 'InlineFragment') return null;
  const { typeCondition, selections } = fragment;
  const fields = selections.flatMap((one) =>
    one.kind === 'Field' && !one.selections ? [one.alias ?? one.name] : [],
  );
  const isPlain = fields.length === selections.length && new Set(fields).size === fields.length;
  return typeCondition !== undefined && isPlain && fields.includes('__typename')
    ? { typeCondition, fields }
    : null;
};

const compilePlain = ({ typeCondition, fields }: PlainFields, isOfType: IsOfType): RepresentationText => {
  const labelled = fields.map((field) => [field, `${JSON.stringify(field)}:`] as const);
  return (object) => {
    if (!isOfType(own(object, '__typename'), typeCondition)) return null;
    let text = '';
    for (const [field, label] of labelled) {
      const value = own(object, field);
      if (value === undefined) return null;
      text += `${text === '' ? '{' : ','}${label}${JSON.stringify(value)}`;
    }
    return `${text}}`;
  };
};
