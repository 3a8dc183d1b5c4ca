import type { Answer, Variables } from './client.ts';
import type { Credentials } from './credentials.ts';
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
  | ({ readonly __typename: 'AuthSession' } & Credentials)
  | { readonly __typename: 'AuthRefusal'; readonly code: string; readonly message: string };

const answer = `{
  __typename
  ... on AuthSession { accessToken refreshToken expiresAt }
  ... on AuthRefusal { code message }
}`;
const documents = {
  login: `mutation ($input: LoginInput!) { login(input: $input) ${answer} }`,
  register: `mutation ($input: RegisterInput!) { register(input: $input) ${answer} }`,
  refreshSession: `mutation ($refreshToken: String) { refreshSession(refreshToken: $refreshToken) ${answer} }`,
};

/** Asks as nobody. */
export type Ask = <Data>(document: string, variables: Variables) => Promise<Answer<Data>>;

const authenticate = async (
  ask: Ask,
  field: keyof typeof documents,
  variables: Variables,
): Promise<Credentials> => {
  const { [field]: result } = dataOf(
    await ask<Record<typeof field, AuthResult>>(documents[field], variables),
  );
  if (result.__typename === 'AuthRefusal') throw new SignInError(result.code, result.message);
  return result;
};

/** Throws SignInError with the refusal's code, as the next two do. */
export const signIn = (ask: Ask, email: string, password: string): Promise<Credentials> =>
  authenticate(ask, 'login', { input: { email, password } });

/** Makes an account and signs in. */
export const signUp = (ask: Ask, email: string, password: string, name: string): Promise<Credentials> =>
  authenticate(ask, 'register', { input: { email, password, name } });

/** The next pair of tokens; the refresh token is used up by it. */
export const renewSession = (ask: Ask, refreshToken: string): Promise<Credentials> =>
  authenticate(ask, 'refreshSession', { refreshToken });
