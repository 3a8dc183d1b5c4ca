import { type ClassType, Directive, Field, ObjectType } from 'type-graphql';
import { badUserInput } from './errors.ts';

@Directive('@shareable')
@Directive('@cacheControl(inheritMaxAge: true)')
@ObjectType({ description: 'Where a page stands in its list.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether more follow.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Whether any come before.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: "The first edge's cursor." })
  startCursor!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The last edge's cursor; pass it as `after` for the next page.",
  })
  endCursor!: string | null;
}

export type Edge<Node> = { cursor: string; node: Node };
export type Connection<Node> = { edges: Edge<Node>[]; pageInfo: PageInfo };

/** Declares `<Name>Edge` and `<Name>Connection` for a node type, with a directive of both if one is given. */
export const connectionOf = <Node extends object>(
  name: string,
  node: () => ClassType<Node>,
  directive?: string,
) => {
  const marked: ClassDecorator = directive ? Directive(directive) : () => undefined;

  @marked
  @Directive('@cacheControl(inheritMaxAge: true)')
  @ObjectType(`${name}Edge`, { description: `One ${name} in its list.` })
  class NodeEdge {
    @Field(() => String, { description: 'Where it stands in the list.' })
    cursor!: string;

    @Field(node, { description: `The ${name}.` })
    node!: Node;
  }

  @marked
  @Directive('@cacheControl(inheritMaxAge: true)')
  @ObjectType(`${name}Connection`, { description: `A page of ${name}.` })
  class NodeConnection {
    @Field(() => [NodeEdge], { description: 'The page, in order.' })
    edges!: NodeEdge[];

    @Field(() => PageInfo, { description: 'Where the page stands.' })
    pageInfo!: PageInfo;
  }
  return NodeConnection;
};

/** What a page asks of a repository: `limit` rows after the row whose sort values are `after`. */
export type Page = { limit: number; after: readonly string[] | null; list?: ListIdentity };

/** Tells cursors of one list from those of others that hold as many values. */
export type ListIdentity = {
  /** Which list, in which order: part of each of its cursors. */
  readonly name: string;
  /** What each value of a cursor looks like. */
  readonly values: RegExp;
};

const defaultFirst = 20;
const highestFirst = 100;

/**
 * Checks `first` (1 to 100; null is the default) and `after`; BAD_USER_INPUT otherwise. `parts` is how many sort
 * values a cursor holds. With a `list` only its own cursors are good.
 */
export const readPage = (
  wanted: number | null | undefined,
  after: string | null | undefined,
  parts: number,
  list?: ListIdentity,
): Page => {
  const first = wanted ?? defaultFirst;
  if (!Number.isInteger(first) || first < 1 || first > highestFirst) {
    throw badUserInput(`\`first\` must be 1 to ${highestFirst}.`, 'first');
  }
  const values = after == null ? null : decodeCursor(after, list ? parts + 1 : parts);
  if (!list) return { limit: first, after: values };
  const [name, ...own] = values ?? [];
  if (values && (name !== list.name || !own.every((value) => list.values.test(value)))) throw badCursor();
  return { limit: first, after: values && own, list };
};

export const encodeCursor = (values: readonly string[]): string =>
  Buffer.from(JSON.stringify(values)).toString('base64url');

/** Ours are far shorter. */
const longestCursor = 2_000;

/** Text that Postgres takes: it has no way to hold a NUL. */
const isStorable = (value: unknown): value is string => typeof value === 'string' && !value.includes('\0');

const decodeCursor = (cursor: string, parts: number): string[] => {
  try {
    const text = cursor.length > longestCursor ? '' : Buffer.from(cursor, 'base64url').toString();
    const values: unknown = JSON.parse(text);
    if (Array.isArray(values) && values.length === parts && values.every(isStorable)) {
      return values;
    }
  } catch {
    // Falls through: not one of ours.
  }
  throw badCursor();
};

const badCursor = () => badUserInput('`after` must be an `endCursor` of this list.', 'after');

/**
 * Rows to a connection. Ask the repository for `limit + 1` rows: the extra one only says that more follow.
 * `cursorOf` gives the row's sort values; `nodeOf` what GraphQL shows.
 */
export const toConnection = <Row, Node>(
  rows: readonly Row[],
  page: Page,
  cursorOf: (row: Row) => readonly string[],
  nodeOf: (row: Row) => Node,
): Connection<Node> => {
  const named = page.list ? [page.list.name] : [];
  const edges = rows
    .slice(0, page.limit)
    .map((row) => ({ cursor: encodeCursor([...named, ...cursorOf(row)]), node: nodeOf(row) }));
  return {
    edges,
    pageInfo: {
      hasNextPage: rows.length > page.limit,
      hasPreviousPage: page.after !== null,
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
};

/** The arguments of every list, for `@Arg`. */
export const firstArgument = {
  nullable: true,
  defaultValue: defaultFirst,
  description: 'How many, 1 to 100.',
} as const;
export const afterArgument = {
  nullable: true,
  description: 'The `endCursor` of the page before.',
} as const;
