import { askGateway } from '../stage/ask-gateway.ts';

const register = /* GraphQL */ `
  mutation ($input: RegisterInput!) { register(input: $input) { ... on AuthSession { accessToken } } }
`;
const login = /* GraphQL */ `
  mutation ($input: LoginInput!) { login(input: $input) { ... on AuthSession { accessToken } } }
`;
const visitor = { email: 'visitor@bench.test', password: 'correct horse battery' };
const patienceMs = 30_000;

/** The gateway, asked by one person who is signed in. */
export const openShopFront = async (gatewayUrl: string) => {
  const { ask, close } = askGateway(gatewayUrl, 128, patienceMs);
  const signUp = async (): Promise<string> => {
    const input = { ...visitor, name: 'Visitor' };
    return (await ask<{ register: { accessToken: string } }>(register, { input })).register.accessToken;
  };
  let token = await signUp();
  return {
    ask: <Data>(query: string, variables: object): Promise<Data> => ask(query, variables, { token }),
    /** A token lasts ten minutes; a large catalogue takes longer to load. */
    signInAgain: async (): Promise<void> => {
      const answer = await ask<{ login: { accessToken: string } }>(login, { input: visitor });
      token = answer.login.accessToken;
    },
    close,
  };
};
