import { HeaderMap } from '@apollo/server';
import type { GraphQLError } from 'graphql';

type Head = { readonly status: number | undefined; readonly headers: HeaderMap };

/** The status and the headers that errors ask for in their `extensions.http`. The last one that asks has its way. */
export const headOf = (errors: readonly GraphQLError[]): Head => {
  const headers = new HeaderMap();
  let status: number | undefined;
  for (const { extensions } of errors) {
    const http = extensions.http as Partial<Head> | undefined;
    status = http?.status ?? status;
    for (const [name, value] of http?.headers ?? []) headers.set(name, value);
  }
  return { status, headers };
};
