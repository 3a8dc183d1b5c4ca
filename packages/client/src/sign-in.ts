import type { Answer, Variables } from './connect.ts';
import { dataOf } from './data-of.ts';

/** The account's e-mail and password do not fit, or it may not be made. */
export class SignInError extends Error {
  override readonly name = 'SignInError';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

type AuthResult =
  | { __typename: 'AuthSession'; accessToken: string; expiresAt: string }
  | { __typename: 'AuthRefusal'; code: string; message: string };

export type Credentials = { readonly accessToken: string; readonly expiresAt: string };

const answer = `{
  __typename
  ... on AuthSession { accessToken expiresAt }
  ... on AuthRefusal { code message }
}`;

type Ask = <Data>(document: string, variables: Variables) => Promise<Answer<Data>>;

/** Signs in; throws SignInError with the refusal's code. */
export const signIn = (ask: Ask, email: string, password: string): Promise<Credentials> =>
  authenticate(ask, 'login', `mutation ($input: LoginInput!) { login(input: $input) ${answer} }`, {
    email,
    password,
  });

/** Makes an account and signs in; throws SignInError with the refusal's code. */
export const signUp = (ask: Ask, email: string, password: string, name: string): Promise<Credentials> =>
  authenticate(ask, 'register', `mutation ($input: RegisterInput!) { register(input: $input) ${answer} }`, {
    email,
    password,
    name,
  });

const authenticate = async (
  ask: Ask,
  field: 'login' | 'register',
  document: string,
  input: object,
): Promise<Credentials> => {
  const { [field]: result } = dataOf(await ask<Record<typeof field, AuthResult>>(document, { input }));
  if (result.__typename === 'AuthRefusal') throw new SignInError(result.code, result.message);
  return result;
};
