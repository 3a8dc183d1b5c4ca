import { type GraphQLSchema, getNullableType, isObjectType, isRequiredArgument } from 'graphql';

/** A query that finds one thing by its id or by something else, and so requires neither. */
export type Lookup = { readonly field: string; readonly path: string };

/** They are asked by parameters, as `/product?slug=…`: in a path, where sofa-api puts an `id`, it could not be left out. */
export const lookupsOf = (schema: GraphQLSchema): readonly Lookup[] =>
  Object.values(schema.getQueryType()?.getFields() ?? {})
    .filter(({ type, args }) => {
      const id = args.find(({ name }) => name === 'id');
      return isObjectType(getNullableType(type)) && id !== undefined && !isRequiredArgument(id);
    })
    .map(({ name }) => ({ field: name, path: `/${dashed(name)}` }));

const dashed = (name: string): string => name.replace(/(?<=[a-z0-9])[A-Z]/g, '-$&').toLowerCase();

type Document = { readonly paths: Record<string, { readonly get?: Operation }> };
type Operation = { readonly operationId?: string; readonly parameters?: readonly Parameter[] };
type Parameter = { readonly name: string; readonly in: string };

/** Describes the way by the id in the path, too. */
export const describeIdPaths = ({ paths }: Document, lookups: readonly Lookup[]): void => {
  for (const { path } of lookups) {
    const { get } = paths[path] ?? {};
    const id = get?.parameters?.find(({ name }) => name === 'id');
    if (!get || !id) continue;
    const parameters = [{ ...id, in: 'path', required: true }];
    paths[`${path}/{id}`] = { get: { ...get, operationId: `${get.operationId}_by_id`, parameters } };
  }
};

/** Makes of an id in the path what it is as a parameter. */
export const withIdAsParameter = (url: URL, base: string, lookups: readonly Lookup[]): URL => {
  for (const { path } of lookups) {
    const start = `${base}${path}/`;
    const rest = url.pathname.startsWith(start) ? url.pathname.slice(start.length) : '';
    const id = rest.includes('/') ? '' : decoded(rest);
    if (id === '') continue;
    const asked = new URL(`${base}${path}${url.search}`, url);
    asked.searchParams.set('id', id);
    return asked;
  }
  return url;
};

/** Empty for what is no text. */
const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
};
