import type { ASTVisitor, GraphQLError, ValidationContext } from 'graphql';
import { badUserInput } from '../graphql/errors.ts';

/** Postgres keeps no NUL, and half a surrogate pair would come back as another character. */
const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes('\0');

const unstorable = (field?: string): GraphQLError =>
  badUserInput(
    'Text must be well-formed Unicode without NUL characters: remove them and send it again.',
    field,
  );

/** Where the first text is that cannot be kept, such as `input.title`; null where none is. */
const unstorableField = (value: unknown, field: string): string | null => {
  if (typeof value === 'string') return isStorable(value) ? null : field;
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, part] of Object.entries(value)) {
    const found = unstorableField(part, field === '' ? key : `${field}.${key}`);
    if (found !== null) return found;
  }
  return null;
};

/** BAD_USER_INPUT that names the field when any text among the variables cannot be kept as it is; null otherwise. */
export const refuseUnstorableText = (variables: unknown): GraphQLError | null => {
  const field = unstorableField(variables, '');
  return field === null ? null : unstorable(field);
};

/** The same for text that stands in the document itself. */
export const storableTextRule = (context: ValidationContext): ASTVisitor => ({
  StringValue: ({ value }) => {
    if (!isStorable(value)) context.reportError(unstorable());
  },
});
