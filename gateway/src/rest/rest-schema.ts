import {
  buildASTSchema,
  type FieldDefinitionNode,
  type GraphQLSchema,
  type InterfaceTypeDefinitionNode,
  type ObjectTypeDefinitionNode,
  parse,
  printSchema,
  visit,
} from 'graphql';

type Fielded = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

/**
 * The schema as REST shows it: root fields keep their arguments, and fields below that take some are left out. A REST answer
 * selects all that is left, and pages within pages would cost more than any operation may. It knows no subscriptions.
 */
export const restSchema = (schema: GraphQLSchema): GraphQLSchema => {
  const roots = new Set([schema.getQueryType(), schema.getMutationType()].map((type) => type?.name));
  const plain = <Type extends Fielded>(type: Type): Type | undefined => {
    if (roots.has(type.name.value)) return undefined;
    const fields = (type.fields ?? []).filter(takesNothing);
    return fields.length === 0 ? undefined : { ...type, fields };
  };
  const subscription = schema.getSubscriptionType()?.name;
  const document = visit(parse(printSchema(schema)), {
    ObjectTypeDefinition: (type) => (type.name.value === subscription ? null : plain(type)),
    InterfaceTypeDefinition: plain,
  });
  return buildASTSchema(document, { assumeValid: true });
};

const takesNothing = ({ arguments: given = [] }: FieldDefinitionNode): boolean => given.length === 0;
