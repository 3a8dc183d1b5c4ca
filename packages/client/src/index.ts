export { type Answer, type AnswerError, type Client, connect, type Variables } from './connect.ts';
export { dataOf, RequestRefusedError } from './data-of.ts';
export { SignInError } from './sign-in.ts';
export { UnreachableError } from './unreachable-error.ts';
