import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  parse,
  type Source,
  specifiedRules,
  validate,
} from 'graphql';
import { storableTextRule } from './storable-text.ts';

const remembered = 1000;
const rules = [...specifiedRules, storableTextRule];

/** graphql throws, instead of answering, for a subscription whose root has a directive with a variable. */
const validateSafely = (schema: GraphQLSchema, document: DocumentNode): readonly GraphQLError[] => {
  try {
    return validate(schema, document, rules);
  } catch (error) {
    if (error instanceof GraphQLError) return [error];
    throw error;
  }
};

/** Parses and validates each document once: the gateway sends few distinct ones. */
export const createDocumentCache = (schema: GraphQLSchema) => {
  const parsed = new Map<string, DocumentNode>();
  const validated = new WeakMap<DocumentNode, readonly GraphQLError[]>();
  return {
    parse: (source: string | Source): DocumentNode => {
      const text = typeof source === 'string' ? source : source.body;
      const hit = parsed.get(text);
      if (hit) return hit;
      const document = parse(text);
      if (parsed.size >= remembered) parsed.clear();
      parsed.set(text, document);
      return document;
    },
    validate: (document: DocumentNode): readonly GraphQLError[] => {
      const hit = validated.get(document);
      if (hit) return hit;
      const errors = validateSafely(schema, document);
      validated.set(document, errors);
      return errors;
    },
  };
};

export type DocumentCache = ReturnType<typeof createDocumentCache>;
