import { runningStack } from '@emporium/local-stack';

/** The GraphQL endpoint: `--url`, else the stack that runs in this clone, else the usual address. */
export const endpoint = (url: string | undefined): string =>
  url ?? `${runningStack()?.gatewayUrl ?? 'http://localhost:4000'}/graphql`;
