/** Nothing answers at the gateway's address. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';

  constructor(url: string, cause: unknown) {
    super(`Emporium does not answer at ${url}; start it with \`npm start\`.`, { cause });
  }
}
