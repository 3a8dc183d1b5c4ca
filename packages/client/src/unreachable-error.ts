/** Nothing answers at the gateway's address. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';

  constructor(url: string, cause: unknown) {
    super(`Emporium does not answer at ${url}; start it with \`npm start\`.`, { cause });
  }
}

/** Something answers, but not a GraphQL server: another program, a proxy, a gateway that is stopping. */
export class NotGraphQLError extends Error {
  override readonly name = 'NotGraphQLError';

  constructor(url: string, status: number) {
    super(`What answers at ${url} is not Emporium: status ${status}, and no GraphQL in it.`);
  }
}
