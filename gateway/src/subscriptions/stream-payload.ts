import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { BadBody, readJsonBody } from '../http/read-body.ts';
import type { StreamPayload } from './accept-operation.ts';

const anObject = z.record(z.string(), z.unknown());
const payload = z.object({
  query: z.string('query must be a string').default(''),
  documentId: z.string('documentId must be a string').nullish(),
  operationName: z.string('operationName must be a string').nullish(),
  variables: anObject.nullish(),
  extensions: anObject.nullish(),
});

/** Reads an operation from a POST's JSON, or from a GET's parameters. Throws BadBody for what is none. */
export const readStreamPayload = async (
  request: IncomingMessage,
  limit: number,
): Promise<StreamPayload> => {
  const given = request.method === 'POST' ? await readJsonBody(request, limit) : parametersOf(request);
  const read = payload.safeParse(given);
  if (read.success && namesDocument(read.data)) return read.data;
  if (read.success) throw new BadBody(400, 'BAD_REQUEST', 'The request has no query, documentId or hash.');
  const [issue] = read.error.issues;
  throw new BadBody(
    400,
    'BAD_REQUEST',
    `The request is no operation: ${issue?.path.join('.')}: ${issue?.message}`,
  );
};

const namesDocument = ({ query, documentId, extensions }: z.output<typeof payload>): boolean =>
  query !== '' || Boolean(documentId) || extensions?.persistedQuery !== undefined;

const parametersOf = ({ url = '/' }: IncomingMessage): Record<string, unknown> => {
  const parameters = new URL(url, 'http://gateway').searchParams;
  const json = (name: string): unknown => {
    const text = parameters.get(name);
    if (text === null) return undefined;
    try {
      return JSON.parse(text);
    } catch {
      throw new BadBody(400, 'BAD_REQUEST', `${name} is not JSON.`);
    }
  };
  return {
    query: parameters.get('query') ?? undefined,
    documentId: parameters.get('documentId'),
    operationName: parameters.get('operationName'),
    variables: json('variables'),
    extensions: json('extensions'),
  };
};
