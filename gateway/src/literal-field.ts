import { type GraphQLError, type Token, TokenKind } from 'graphql';

const opens: readonly string[] = [TokenKind.PAREN_L, TokenKind.BRACKET_L, TokenKind.BRACE_L];
const closes: readonly string[] = [TokenKind.PAREN_R, TokenKind.BRACKET_R, TokenKind.BRACE_R];

/**
 * Which argument, or what in it, holds a literal that does not fit, such as `input.variants.price`: graphql says only where it
 * stands in the text. Null for an error about anything else.
 */
export const literalField = ({ nodes }: GraphQLError): string | null => {
  const node = nodes?.[0];
  if (!node?.loc || !node.kind.endsWith('Value')) return null;
  return namesBefore(node.loc.startToken.prev).join('.');
};

/** Walks back and out: what is within other brackets is passed by, and each level that is left has one name. */
const namesBefore = (from: Token | null): string[] => {
  const names: string[] = [];
  let depth = 0;
  let isNamed = false;
  for (const { kind, prev } of backwards(from)) {
    if (depth === 0 && kind === TokenKind.PAREN_L) break;
    if (depth === 0 && kind === TokenKind.COLON && !isNamed) names.unshift(prev?.value ?? '');
    if (depth === 0) isNamed = kind === TokenKind.COLON || (isNamed && !opens.includes(kind));
    depth = Math.max(0, depth + change(kind));
  }
  return names;
};

const change = (kind: string): number => (closes.includes(kind) ? 1 : opens.includes(kind) ? -1 : 0);

function* backwards(from: Token | null): Generator<Token> {
  for (let token = from; token; token = token.prev) yield token;
}
