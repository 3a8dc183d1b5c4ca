import type { ASTVisitor, GraphQLError, ValidationContext } from 'graphql';
import { badUserInput } from '../graphql/errors.ts';

/** Postgres keeps no NUL, and half a surrogate pair would come back as another character. */
const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes('\0');

const unstorable = (): GraphQLError =>
  badUserInput('Text must be well-formed Unicode without NUL characters: remove them and send it again.');

const holdsUnstorableText = (value: unknown): boolean => {
  if (typeof value === 'string') return !isStorable(value);
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some(holdsUnstorableText);
};

/** BAD_USER_INPUT when any text among the variables cannot be kept as it is; null otherwise. */
export const refuseUnstorableText = (variables: unknown): GraphQLError | null =>
  holdsUnstorableText(variables) ? unstorable() : null;

/** The same for text that stands in the document itself. */
export const storableTextRule = (context: ValidationContext): ASTVisitor => ({
  StringValue: ({ value }) => {
    if (!isStorable(value)) context.reportError(unstorable());
  },
});
