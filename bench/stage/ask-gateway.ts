import { Agent, request } from 'undici';

type Asking = {
  readonly token?: string;
  /** Where a trusted proxy is taken to have seen the client. */
  readonly address?: string;
};

/** Asks the gateway over so many connections; throws for errors, and for answers that take longer than `patienceMs`. */
export const askGateway = (gatewayUrl: string, connections: number, patienceMs: number) => {
  const dispatcher = new Agent({ connections, pipelining: 1 });
  return {
    ask: async <Data>(query: string, variables: object, { token, address }: Asking = {}): Promise<Data> => {
      const { body } = await request(`${gatewayUrl}/graphql`, {
        method: 'POST',
        dispatcher,
        headers: {
          'content-type': 'application/json',
          ...(address !== undefined && { 'x-forwarded-for': address }),
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify({ query, variables }),
        signal: AbortSignal.timeout(patienceMs),
      });
      const { data, errors } = (await body.json()) as { data: Data; errors?: readonly unknown[] };
      if (errors) throw new Error(JSON.stringify(errors));
      return data;
    },
    close: async () => {
      if (!dispatcher.closed) await dispatcher.close();
    },
  };
};
