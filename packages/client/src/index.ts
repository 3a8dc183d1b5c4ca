export type { Answer, AnswerError, Client, Item, Variables } from './client.ts';
export { connect } from './connect.ts';
export { dataOf, RequestRefusedError } from './data-of.ts';
export { SignInError } from './sign-in.ts';
export { NotGraphQLError, UnreachableError } from './unreachable-error.ts';
