/** As much of S3 as pictures need, over HTTP: it believes no form that it was not told of by the owner of the keys. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Bucket } from '../bucket-store.ts';

const keys = { accessKeyId: 'test-key', secretAccessKey: 'test-secret' };
const name = 'pictures';

type Policy = { expiration: string; conditions: (Record<string, string> | [string, number, number])[] };

const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();

/** As "Authenticating Requests: Browser-Based Uploads Using POST" of Amazon's manual has it. */
const isSigned = (field: (name: string) => string): boolean => {
  const [accessKeyId, date = '', region = '', service = '', end = ''] =
    field('X-Amz-Credential').split('/');
  const key = [date, region, service, end].reduce<string | Buffer>(hmac, `AWS4${keys.secretAccessKey}`);
  const given = Buffer.from(field('X-Amz-Signature'), 'hex');
  const expected = hmac(key, field('Policy'));
  return (
    accessKeyId === keys.accessKeyId && given.length === expected.length && timingSafeEqual(given, expected)
  );
};

const isAllowed = (field: (name: string) => string, size: number): boolean => {
  const policy: Policy = JSON.parse(Buffer.from(field('Policy'), 'base64').toString());
  const holds = (condition: Policy['conditions'][number]): boolean =>
    Array.isArray(condition)
      ? condition[0] === 'content-length-range' && size >= condition[1] && size <= condition[2]
      : Object.entries(condition).every(([what, value]) => field(what) === value);
  return Date.parse(policy.expiration) > Date.now() && policy.conditions.every(holds);
};

export const startBucket = async () => {
  const objects = new Map<string, Buffer>();

  const post = async (body: Buffer, type: string): Promise<number> => {
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
    const field = (wanted: string) => String(form.get(wanted) ?? '');
    const file = form.get('file');
    if (file === null || typeof file === 'string') return 400;
    const bytes = Buffer.from(await file.arrayBuffer());
    if (!isSigned(field) || !isAllowed(field, bytes.length)) return 403;
    objects.set(field('key'), bytes);
    return 204;
  };

  const get = (key: string, response: ServerResponse): void => {
    const object = objects.get(key);
    if (object) return void response.writeHead(200, { 'content-length': object.length }).end(object);
    response.writeHead(404, { 'content-type': 'application/xml' });
    response.end('<Error><Code>NoSuchKey</Code><Message>There is none.</Message></Error>');
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const { method, headers, url = '' } = request;
    const key = url.split('?', 1)[0]?.slice(`/${name}/`.length) ?? '';
    if (method === 'POST') {
      response.writeHead(await post(body, headers['content-type'] ?? '')).end();
      return;
    }
    if (!headers.authorization?.includes(keys.accessKeyId)) return void response.writeHead(403).end();
    if (method === 'GET') return get(key, response);
    if (method === 'PUT') objects.set(key, body);
    if (method === 'DELETE') objects.delete(key);
    response.writeHead(200).end();
  };

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const bucket: Bucket = { ...keys, name, region: 'us-east-1', endpoint: `http://127.0.0.1:${port}` };
  return {
    bucket,
    objects,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
