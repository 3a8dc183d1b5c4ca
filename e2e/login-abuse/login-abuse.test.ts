/** Guessing passwords through the front door: by many aliases, by claimed addresses, and while Redis is away. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ownGraph } from '../graph/own-graph.ts';

const graph = ownGraph({ services: ['users', 'gateway'] });
const password = 'correct horse battery';

type Answer = {
  data: Record<string, { __typename: string; code?: string; accessToken?: string } | null> | null;
  errors?: { extensions: { code: string; retryAfter?: number } }[];
};

const ask = async (query: string, headers: Record<string, string> = {}): Promise<Answer> => {
  const response = await fetch(`${graph().gatewayUrl}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as Answer;
};
const login = (email: string, attempt: string) =>
  `login(input: { email: "${email}", password: "${attempt}" }) { __typename ... on AuthRefusal { code } }`;
const codeOf = ({ data, errors }: Answer): string | undefined =>
  errors?.[0]?.extensions.code ?? data?.login?.code ?? data?.login?.__typename;

describe('passwords', () => {
  it('cannot be guessed by aliases, by claimed addresses, or while Redis is away', async () => {
    const email = `${randomUUID()}@emporium.test`;
    const neighbour = `${randomUUID()}@emporium.test`;
    for (const each of [email, neighbour])
      await ask(
        `mutation { register(input: { email: "${each}", password: "${password}", name: "Ada" }) { __typename } }`,
      );

    // More than a few in one request are refused as a whole, before anybody tries one.
    const attempts = (count: number, emailOf: () => string) =>
      `mutation { ${Array.from({ length: count }, (_, index) => `a${index}: ${login(emailOf(), `wrong password ${index}`)}`).join('\n')} }`;
    for (const many of [200, 6])
      expect(codeOf(await ask(attempts(many, () => email)))).toBe('BAD_USER_INPUT');
    expect(codeOf(await ask(`mutation { ${login(email, password)} }`))).toBe('AuthSession');

    // Of those that are let through, five are tried.
    const five = await ask(attempts(5, () => email));
    expect(Object.values(five.data ?? {}).map((each) => each?.code)).toEqual(
      Array(5).fill('INVALID_CREDENTIALS'),
    );
    expect(codeOf(await ask(attempts(5, () => email)))).toBe('RATE_LIMITED');

    // Nobody believes what the client says of its address: no proxy is trusted here.
    for (const address of ['198.51.100.1', '198.51.100.2, 203.0.113.9', '2001:db8::1']) {
      const claimed = await ask(`mutation { ${login(email, password)} }`, {
        'x-forwarded-for': address,
        'x-real-ip': address,
        forwarded: `for=${address}`,
      });
      expect(codeOf(claimed)).toBe('RATE_LIMITED');
    }
    // Accounts that are not there count alike: a network fails at so many, and at no more.
    const nobody = () => `${randomUUID()}@emporium.test`;
    for (let time = 0; time < 3; time += 1)
      expect((await ask(attempts(5, nobody))).data?.a4?.code).toBe('INVALID_CREDENTIALS');
    expect(codeOf(await ask(attempts(5, nobody)))).toBe('RATE_LIMITED');
    // Whoever signed in from there before is not kept out by them.
    expect(codeOf(await ask(`mutation { ${login(neighbour, password)} }`))).toBe('AuthSession');

    // Without Redis the gateway cannot count logins, and lets none through.
    await graph().kill('redis');
    expect(codeOf(await ask(`mutation { ${login(email, password)} }`))).toBe('RATE_LIMIT_UNAVAILABLE');
    expect((await ask('{ __typename }')).data).toEqual({ __typename: 'Query' });
    await graph().restart('redis');
  });
});
