import type { IncomingMessage, ServerResponse } from 'node:http';
import { discardRest } from '@emporium/subgraph';
import type { App } from '../../application/app.ts';
import {
  type Claim,
  type FileProblem,
  type Finished,
  mostImportBytes,
} from '../../application/imports/import-ports.ts';
import { FileError } from './file-error.ts';
import { answerJson, beginRefusal, type HttpRefusal, refuse } from './http-refusal.ts';
import { expectSameFile, importFile, TakenOverError } from './import-file.ts';

type Importing = Pick<App, 'claimImport' | 'importBatch' | 'endImport'>;

/** What a sender may still have under way when it is refused, and longer than it takes to send. */
const patience = { bytes: 2 * mostImportBytes, ms: 10_000 };

/**
 * Takes a file of products from whoever holds an import's token and offers them while it comes. Any page may send it: the
 * token is all that counts, and no cookie does.
 */
export const receiveImport =
  (app: Importing) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    response.setHeader('access-control-allow-origin', '*');
    if (request.method === 'OPTIONS') return allowFromPages(response);
    if (request.method !== 'PUT' && request.method !== 'POST')
      return refuse(response, 'METHOD_NOT_ALLOWED', { allow: 'PUT, POST, OPTIONS' });
    // What is left of a body that is refused would wait in the socket for the next request.
    response.shouldKeepAlive = false;
    const answer = await answerTo(app, request);
    if (answer === null) return;
    answer(response);
    await discardRest(request, patience);
    response.end();
  };

/** Null when nobody is there to be told. */
const answerTo = (app: Importing, request: IncomingMessage): Promise<Answer | null> | Answer => {
  const [, token] = /^\/catalogue\/imports\/([\w-]{43})(?:\?|$)/.exec(request.url ?? '') ?? [];
  if (token === undefined) return refusal('NOT_INVITED');
  const length = request.headers['content-length'];
  if (Number(length ?? 0) > mostImportBytes) return refusal('FILE_TOO_LARGE');
  return take(app, token, request, length === undefined ? null : Number(length));
};

type Answer = (response: ServerResponse) => void;

const refusal =
  (code: HttpRefusal): Answer =>
  (response) =>
    beginRefusal(response, code);

const statuses: Partial<Record<FileProblem['code'], number>> = { DIFFERENT_FILE: 409, FILE_TOO_LARGE: 413 };

const stopped =
  ({ message, code, row, field }: FileProblem): Answer =>
  (response) =>
    answerJson(response, statuses[code] ?? 422, {
      errors: [{ message, extensions: { code, row, field } }],
    });

/** How it went, to be told; null when nobody is there to be told. */
const take = async (
  app: Importing,
  token: string,
  request: IncomingMessage,
  length: number | null,
): Promise<Answer | null> => {
  const claim = await app.claimImport(token, length);
  const done: Answer = (response) => answerJson(response, 200, { status: 'DONE' });
  if (typeof claim === 'string') return refusal(claim);
  if ('isFinished' in claim) return recognise(claim, request, done);
  try {
    // Leaving the loop over it would destroy the socket, and the answer with it.
    await importFile(app, claim, request.iterator({ destroyOnReturn: false }));
    await app.endImport(claim, null);
    return done;
  } catch (error) {
    return settle(app, claim, request, error);
  }
};

/** The file of an import that is done, come again; another is told that it is another. */
const recognise = async (
  finished: Finished,
  request: IncomingMessage,
  done: Answer,
): Promise<Answer | null> => {
  try {
    await expectSameFile(finished, request.iterator({ destroyOnReturn: false }));
    return done;
  } catch (error) {
    if (error instanceof FileError) return stopped(error.problem);
    if (request.destroyed && !request.complete) return null;
    throw error;
  }
};

const interrupted: FileProblem = {
  code: 'INTERRUPTED',
  row: null,
  field: null,
  message:
    'The file was not read to its end. Send it again to the same address: it goes on where it stopped.',
};

const settle = async (
  app: Importing,
  claim: Claim,
  request: IncomingMessage,
  error: unknown,
): Promise<Answer | null> => {
  if (error instanceof TakenOverError) return refusal('UNDER_WAY');
  if (error instanceof FileError) {
    await app.endImport(claim, error.problem);
    return stopped(error.problem);
  }
  await app.endImport(claim, interrupted);
  if (request.destroyed && !request.complete) return null;
  throw error;
};

const allowFromPages = (response: ServerResponse): void => {
  response.writeHead(204, {
    'access-control-allow-methods': 'PUT, POST',
    'access-control-allow-headers': 'content-type',
  });
  response.end();
};
