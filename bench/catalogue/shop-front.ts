import { Agent, request } from 'undici';

const register = /* GraphQL */ `
  mutation ($input: RegisterInput!) { register(input: $input) { ... on AuthSession { accessToken } } }
`;
const patienceMs = 30_000;

/** The gateway, asked by one person who is signed in. */
export const openShopFront = async (gatewayUrl: string) => {
  const dispatcher = new Agent({ connections: 128, pipelining: 1 });
  const ask = async <Data>(query: string, variables: object, token?: string): Promise<Data> => {
    const { body } = await request(`${gatewayUrl}/graphql`, {
      method: 'POST',
      dispatcher,
      headers: {
        'content-type': 'application/json',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(patienceMs),
    });
    const { data, errors } = (await body.json()) as { data: Data; errors?: readonly unknown[] };
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  };
  const signUp = async (): Promise<string> => {
    const input = { email: 'visitor@bench.test', password: 'correct horse battery', name: 'Visitor' };
    return (await ask<{ register: { accessToken: string } }>(register, { input })).register.accessToken;
  };
  let token = await signUp();
  return {
    ask: <Data>(query: string, variables: object): Promise<Data> => ask(query, variables, token),
    /** A token lasts ten minutes; a large catalogue takes longer to load. */
    signInAgain: async (): Promise<void> => {
      const login =
        'mutation ($input: LoginInput!) { login(input: $input) { ... on AuthSession { accessToken } } }';
      const input = { email: 'visitor@bench.test', password: 'correct horse battery' };
      token = (await ask<{ login: { accessToken: string } }>(login, { input })).login.accessToken;
    },
    close: () => dispatcher.close(),
  };
};
