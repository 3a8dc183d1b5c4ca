import { type ASTVisitor, type DirectiveNode, GraphQLError, Kind, type ValidationContext } from 'graphql';

/** Every place that is put off has a name of its own, or none, that can be read from the document. */
export const deferLabels = (context: ValidationContext): ASTVisitor => {
  const seen = new Map<string, DirectiveNode>();
  return {
    Directive: (node) => {
      if (node.name.value !== 'defer') return;
      const label = node.arguments?.find(({ name }) => name.value === 'label')?.value;
      if (!label || label.kind === Kind.NULL) return;
      if (label.kind !== Kind.STRING) {
        context.reportError(
          new GraphQLError('The label of @defer must be a string literal.', { nodes: label }),
        );
        return;
      }
      const other = seen.get(label.value);
      if (other)
        context.reportError(
          new GraphQLError(`Two uses of @defer cannot have the same label "${label.value}".`, {
            nodes: [other, node],
          }),
        );
      seen.set(label.value, node);
    },
  };
};

/** The root fields of a mutation run one after the other, and those of a subscription once per event: none can come later. */
export const deferNoRootFields = (context: ValidationContext): ASTVisitor => {
  const schema = context.getSchema();
  return {
    Directive: (node) => {
      const parent = context.getParentType();
      if (node.name.value !== 'defer' || !parent) return;
      if (parent !== schema.getMutationType() && parent !== schema.getSubscriptionType()) return;
      context.reportError(
        new GraphQLError(`@defer cannot put off root fields of ${parent.name}.`, { nodes: node }),
      );
    },
  };
};
