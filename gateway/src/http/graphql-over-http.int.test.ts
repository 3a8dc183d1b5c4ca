import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());

/** What any client sends that is not a browser's form: the guard against these stays on. */
const guarded: typeof fetch = (url, init) =>
  fetch(url, { ...init, headers: { 'apollo-require-preflight': 'true', ...init?.headers } });

describe('GraphQL over HTTP', () => {
  const audits = serverAudits({ url: () => `${gateway.url}/graphql`, fetchFn: guarded });

  it('keeps a connection that rests for longer than proxies do', async () => {
    const response = await fetch(`${gateway.url}/graphql?query={__typename}`, {
      headers: { 'apollo-require-preflight': 'true' },
    });
    await response.text();
    expect(response.headers.get('keep-alive')).toBe('timeout=65');
  });

  it('has as many audits as were reviewed', () => expect(audits).toHaveLength(61));
  it.each(audits.map((audit) => [audit.name, audit] as const))('%s', async (_name, audit) => {
    expect(await audit.fn()).toMatchObject({ status: 'ok' });
  });

  const statusFor = async (accept: string | null, body: object) => {
    const response = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(accept === null ? {} : { accept }) },
      body: JSON.stringify(body),
    });
    return [response.status, response.headers.get('content-type')?.split(';')[0]];
  };
  const json = 'application/json';
  const graphqlResponse = 'application/graphql-response+json';
  const notValid = { query: '{ nothing }' };
  const tooLarge = { query: `{ ${'__typename '.repeat(30)} }` };

  it.each([
    ['whose client takes JSON alone', json, notValid, [200, json]],
    ['whose client takes JSON alone', 'application/json; charset=utf-8', notValid, [200, json]],
    ['whose client takes anything', '*/*', notValid, [400, json]],
    ['whose client takes JSON or anything', 'application/json, text/plain, */*', notValid, [400, json]],
    ['whose client takes both', `${graphqlResponse}, ${json};q=0.9`, notValid, [400, graphqlResponse]],
    ['whose client knows our type', graphqlResponse, notValid, [400, graphqlResponse]],
    ['beyond a limit, always', json, tooLarge, [400, json]],
    ['beyond a limit, always', graphqlResponse, tooLarge, [400, graphqlResponse]],
  ])('answers what is not valid by what is accepted: %s (%s)', async (_who, accept, body, expected) => {
    expect(await statusFor(accept, body)).toEqual(expected);
  });

  it('answers variables that do not fit by what is accepted, whether or not the operation is known', async () => {
    const unfit = { query: 'query ($id: ID!) { parcel(id: $id) { id } }', variables: { id: null } };
    for (const _ of ['new', 'known']) {
      expect(await statusFor(json, unfit)).toEqual([200, json]);
      expect(await statusFor(graphqlResponse, unfit)).toEqual([400, graphqlResponse]);
    }
  });
});
