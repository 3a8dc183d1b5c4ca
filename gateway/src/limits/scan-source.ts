import { type GraphQLError, Lexer, Source, TokenKind } from 'graphql';
import { BoundedMap } from '../bounded-map.ts';
import { operationTooLarge } from '../errors.ts';

/** What a document may hold, as it is written. */
export type SourceLimits = {
  readonly maxTokens: number;
  readonly maxDepth: number;
  readonly maxDefinitions: number;
  readonly maxFields: number;
  readonly maxAliases: number;
  readonly maxDirectives: number;
  /** On one field, fragment or operation. */
  readonly maxDirectivesInOnePlace: number;
};

/** Why a document may not be parsed; null when it may. */
export type Scan = (source: string) => GraphQLError | null;

const rememberedSources = 1_000;
const longestRemembered = 32 * 1024;

/** Scans what it has not let pass lately. */
export const createScan = (limits: SourceLimits): Scan => {
  const passed = new BoundedMap<string, true>(rememberedSources);
  return (source) => {
    if (passed.get(source)) return null;
    const refusal = scanSource(source, limits);
    if (!refusal && source.length <= longestRemembered) passed.set(source, true);
    return refusal;
  };
};

type Counts = {
  tokens: number;
  /** Brackets that are open: of any kind, and round ones, in which values and variables stand. */
  nesting: number;
  deepest: number;
  values: number;
  definitions: number;
  /** Types of inline fragments count as fields. */
  fields: number;
  aliases: number;
  directives: number;
  directivesHere: number;
  mostInOnePlace: number;
  previous: string;
};

/** What each kind of token adds. */
const effects: Readonly<Record<string, (counts: Counts) => void>> = {
  [TokenKind.BRACE_L]: (counts) => {
    if (counts.nesting === 0) counts.definitions += 1;
    counts.nesting += 1;
  },
  [TokenKind.BRACE_R]: (counts) => {
    counts.nesting -= 1;
  },
  [TokenKind.BRACKET_L]: (counts) => {
    counts.nesting += 1;
  },
  [TokenKind.BRACKET_R]: (counts) => {
    counts.nesting -= 1;
  },
  [TokenKind.PAREN_L]: (counts) => {
    counts.nesting += 1;
    counts.values += 1;
  },
  [TokenKind.PAREN_R]: (counts) => {
    counts.nesting -= 1;
    counts.values -= 1;
  },
  [TokenKind.COLON]: (counts) => {
    if (counts.values > 0) return;
    counts.aliases += 1;
    counts.fields -= 1; // the name before it was none
  },
  [TokenKind.AT]: (counts) => {
    counts.directives += 1;
    counts.directivesHere += 1;
  },
  [TokenKind.SPREAD]: (counts) => {
    counts.directivesHere = 0;
  },
  [TokenKind.NAME]: (counts) => {
    if (counts.values > 0 || counts.previous === TokenKind.AT) return;
    counts.directivesHere = 0;
    if (counts.nesting > 0 && counts.previous !== TokenKind.SPREAD) counts.fields += 1;
  },
};

/** Each level of fields may lie in a fragment of its own, and has one more bracket for it. */
const bracketsPerLevel = 2;

const split = 'Split it into several operations.';
const refusals: readonly ((counts: Counts, limits: SourceLimits) => string | null)[] = [
  ({ tokens }, { maxTokens }) =>
    tokens > maxTokens ? `has more than ${maxTokens} tokens. ${split}` : null,
  ({ deepest }, { maxDepth }) =>
    deepest > maxDepth * bracketsPerLevel
      ? `nests more than ${maxDepth * bracketsPerLevel} brackets. Ask for what lies deeper in another operation.`
      : null,
  ({ definitions }, { maxDefinitions }) =>
    definitions > maxDefinitions
      ? `defines more than ${maxDefinitions} operations and fragments. Send only the operation that is run.`
      : null,
  ({ fields }, { maxFields }) =>
    fields > maxFields ? `has more than ${maxFields} fields. ${split}` : null,
  ({ aliases }, { maxAliases }) =>
    aliases > maxAliases ? `has more than ${maxAliases} aliases. ${split}` : null,
  ({ directives }, { maxDirectives }) =>
    directives > maxDirectives ? `has more than ${maxDirectives} directives. Leave some out.` : null,
  ({ mostInOnePlace }, { maxDirectivesInOnePlace }) =>
    mostInOnePlace > maxDirectivesInOnePlace
      ? `has more than ${maxDirectivesInOnePlace} directives in one place. Leave some out.`
      : null,
];

/**
 * Counts a document's tokens before anybody parses it, since parsing and validating take more than linear time and stack.
 * Stops where there are too many of them, and at what is not GraphQL: the parser words that error.
 */
export const scanSource = (source: string, limits: SourceLimits): GraphQLError | null => {
  const lexer = new Lexer(new Source(source));
  const counts: Counts = {
    tokens: 0,
    nesting: 0,
    deepest: 0,
    values: 0,
    definitions: 0,
    fields: 0,
    aliases: 0,
    directives: 0,
    directivesHere: 0,
    mostInOnePlace: 0,
    previous: '',
  };
  for (
    let kind = nextKind(lexer);
    kind !== TokenKind.EOF && counts.tokens <= limits.maxTokens;
    kind = nextKind(lexer)
  ) {
    counts.tokens += 1;
    effects[kind]?.(counts);
    counts.deepest = Math.max(counts.deepest, counts.nesting);
    counts.mostInOnePlace = Math.max(counts.mostInOnePlace, counts.directivesHere);
    counts.previous = kind;
  }
  for (const refusalOf of refusals) {
    const refusal = refusalOf(counts, limits);
    if (refusal !== null) return operationTooLarge(`The document ${refusal}`);
  }
  return null;
};

const nextKind = (lexer: Lexer): string => {
  try {
    return lexer.advance().kind;
  } catch {
    return TokenKind.EOF;
  }
};
