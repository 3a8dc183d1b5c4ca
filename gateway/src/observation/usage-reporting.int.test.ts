import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { Report } from '@apollo/usage-reporting-protobuf';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestGateway } from '../testing/test-gateway.ts';

type Received = { readonly url: string | undefined; readonly key: unknown; readonly body: Buffer };

const received: Received[] = [];
const studio = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    received.push({ url: request.url, key: request.headers['x-api-key'], body: Buffer.concat(chunks) });
    response.end('{}');
  });
});
let endpoint: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => studio.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(studio.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => studio.close(resolve)));
beforeEach(() => {
  received.length = 0;
});

const secret = 'p-secret-variable';

/** Runs two operations, refuses a third (of which Apollo would show a whole trace), and stops: what is left to report goes out then. */
const serve = async (env: Record<string, string>) => {
  const gateway = await startTestGateway({ APOLLO_USAGE_REPORTING_URL: endpoint, ...env });
  const headers = {
    'apollographql-client-name': 'web',
    'apollographql-client-version': '1.2',
    'x-private': secret,
    authorization: `Bearer ${await gateway.accessToken(secret)}`,
  };
  await gateway.ask('query Weigh($id: ID!) { parcel(id: $id) { weight } }', headers, { id: secret });
  await gateway.ask('mutation Fail { fail }', headers);
  await gateway.ask('query Misfit($id: ID!) { nothing(id: $id) }', headers, { id: secret });
  await gateway.stop();
};

describe('usage', () => {
  it('is reported for a registered graph: what was asked, by whom, and how it ended', async () => {
    await serve({ APOLLO_KEY: 'service:key', APOLLO_GRAPH_REF: 'emporium@test' });
    const [report] = received;
    expect(report).toMatchObject({ url: '/api/ingress/traces', key: 'service:key' });
    const bytes = gunzipSync(report?.body ?? '');
    expect(bytes.includes(secret)).toBe(false);
    const { header, operationCount, tracesPerQuery } = Report.toObject(Report.decode(bytes));
    expect(header.graphRef).toBe('emporium@test');
    expect(Number(operationCount)).toBe(2);
    const [invalid, weigh, fail] = Object.keys(tracesPerQuery).sort().reverse();
    expect(invalid).toContain('GraphQLValidationFailure');
    expect(weigh).toContain('# Weigh\nquery Weigh($id:ID!){parcel(id:$id){weight}}');
    const stats = (name = '') => tracesPerQuery[name].statsWithContext[0];
    expect(stats(weigh).context).toMatchObject({ clientName: 'web', clientVersion: '1.2' });
    expect(tracesPerQuery[weigh ?? ''].referencedFieldsByType.Parcel.fieldNames).toEqual(['weight']);
    expect(Number(stats(fail).queryLatencyStats.requestsWithErrorsCount)).toBe(1);
  });

  it.each([
    ['neither key nor graph', {}],
    ['no graph', { APOLLO_KEY: 'service:key' }],
    ['an empty key', { APOLLO_KEY: '', APOLLO_GRAPH_REF: 'emporium@test' }],
  ])('is not reported with %s', async (_what, env) => {
    await serve(env);
    expect(received).toEqual([]);
  });
});
