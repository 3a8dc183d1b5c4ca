import { randomUUID } from 'node:crypto';
import { askGateway } from '../stage/ask-gateway.ts';

const password = 'correct horse battery';
const patienceMs = 60_000;

const register = /* GraphQL */ `
  mutation ($input: RegisterInput!) { register(input: $input) { ... on AuthSession { accessToken } } }
`;
const login = /* GraphQL */ `
  mutation ($input: LoginInput!) { login(input: $input) { __typename } }
`;

export type Account = { readonly email: string; readonly address: string; readonly token: string };

/** The gateway, asked by many clients, each at an address that a trusted proxy is taken to have seen. */
export const openShopFront = (gatewayUrl: string) => {
  const { ask, close } = askGateway(gatewayUrl, 256, patienceMs);
  return {
    openAccount: async (number: number): Promise<Account> => {
      const email = `${randomUUID()}@emporium.test`;
      const address = `100.64.${number >> 8}.${number & 255}`;
      const input = { email, password, name: 'Storm' };
      const answer = await ask<{ register: { accessToken: string } }>(register, { input }, { address });
      return { email, address, token: answer.register.accessToken };
    },
    /** Throws unless it signs in: a storm is to be hashed, not turned away. */
    signIn: async ({ email, address }: Account): Promise<void> => {
      const answer = await ask<{ login: { __typename: string } }>(
        login,
        { input: { email, password } },
        { address },
      );
      if (answer.login.__typename !== 'AuthSession') throw new Error('a login was refused');
    },
    query: (query: string, { token }: Account): Promise<unknown> =>
      ask(query, {}, { token, address: '203.0.113.1' }),
    close,
  };
};

export type ShopFront = ReturnType<typeof openShopFront>;
