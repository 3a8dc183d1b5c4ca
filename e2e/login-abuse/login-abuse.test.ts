/** Guessing passwords through the front door: by many aliases, by claimed addresses, and while Redis is away. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ownGraph } from '../graph/own-graph.ts';

const graph = ownGraph();
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
    await ask(
      `mutation { register(input: { email: "${email}", password: "${password}", name: "Ada" }) { __typename } }`,
    );

    // 200 in one request are refused as a whole, before anybody tries one.
    const attempts = (count: number) =>
      Array.from({ length: count }, (_, index) => `a${index}: ${login(email, `wrong password ${index}`)}`);
    const flood = await ask(`mutation { ${attempts(200).join('\n')} }`);
    expect(flood.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect(codeOf(await ask(`mutation { ${login(email, password)} }`))).toBe('AuthSession');

    // Of as many as a request may hold, five are tried.
    const some = await ask(`mutation { ${attempts(20).join('\n')} }`);
    expect(some.errors?.map(({ extensions }) => extensions.code)).toContain('RATE_LIMITED');

    // Nobody believes what the client says of its address: no proxy is trusted here.
    for (const address of ['198.51.100.1', '198.51.100.2, 203.0.113.9', '2001:db8::1']) {
      const claimed = await ask(`mutation { ${login(email, password)} }`, {
        'x-forwarded-for': address,
        'x-real-ip': address,
        forwarded: `for=${address}`,
      });
      expect(codeOf(claimed)).toBe('RATE_LIMITED');
    }
    // Accounts that are not there count alike.
    expect(codeOf(await ask(`mutation { ${login(`${randomUUID()}@emporium.test`, password)} }`))).toBe(
      'RATE_LIMITED',
    );

    // Without Redis the gateway cannot count logins, and lets none through.
    await graph().kill('redis');
    expect(codeOf(await ask(`mutation { ${login(email, password)} }`))).toBe('RATE_LIMIT_UNAVAILABLE');
    expect((await ask('{ __typename }')).data).toEqual({ __typename: 'Query' });
    await graph().restart('redis');
  });
});
