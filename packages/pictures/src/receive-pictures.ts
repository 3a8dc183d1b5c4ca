import type { IncomingMessage, ServerResponse } from 'node:http';
import { discardRest } from '@emporium/subgraph';
import type { folderStore } from './folder-store.ts';
import { beginRefusal, type PictureRouteRefusal, refuse } from './picture-refusal.ts';
import { receiveFile } from './receive-form.ts';
import { largestUpload, uploadKey } from './uploads.ts';

/** What a phone's picture has, and longer than it takes to send. */
const patience = { bytes: 64 * 1024 * 1024, ms: 10_000 };

type Options = {
  /** The path beneath which pictures are shown. */
  readonly path: string;
  readonly findUpload: (token: string) => Promise<string | null>;
  readonly invitedBy: string;
};

type Invitation = { readonly id: string; readonly token: string };

/**
 * Takes one picture from whoever holds an invitation's token; what it is, is looked at when it is confirmed. Any page
 * may send it: the token is all that counts, and no cookie does.
 */
export const receivePictures = (
  store: ReturnType<typeof folderStore>,
  { path, findUpload, invitedBy: again }: Options,
) => {
  const underWay = new Set<string>();

  const find = async (token: string): Promise<Invitation | null> => {
    const id = await findUpload(token);
    return id === null ? null : { id, token };
  };

  const receive = async (
    request: IncomingMessage,
    { id, token }: Invitation,
  ): Promise<PictureRouteRefusal | null> => {
    const file = await receiveFile(request, largestUpload);
    if (file === 'BAD_USER_INPUT') return file;
    // Asked again: it may have ended while the bytes came.
    if ((await find(token)) === null) return 'NOT_INVITED';
    if (file === 'PAYLOAD_TOO_LARGE') {
      await store.noteTooLarge(uploadKey(id));
      return file;
    }
    return (await store.accept(uploadKey(id), file)) ? null : 'ALREADY_UPLOADED';
  };

  /** One at a time, so that a token is good for the memory of one picture and no more. */
  const receiveOne = async (request: IncomingMessage, invitation: Invitation) => {
    if (underWay.has(invitation.id)) return 'ALREADY_UPLOADED';
    underWay.add(invitation.id);
    try {
      return await receive(request, invitation);
    } finally {
      underWay.delete(invitation.id);
    }
  };

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    response.setHeader('access-control-allow-origin', '*');
    if (request.method !== 'POST')
      return refuse(response, 'METHOD_NOT_ALLOWED', { headers: { allow: 'POST' } });
    // What is left of a body that is refused would wait in the socket for the next request.
    response.shouldKeepAlive = false;
    const { url = '' } = request;
    const name = url.startsWith(`${path}uploads/`) ? url.slice(`${path}uploads/`.length) : '';
    const [, token] = /^([\w-]{43})(?:\?|$)/.exec(name) ?? [];
    const invitation = token === undefined ? null : await find(token);
    const refusal = invitation ? await receiveOne(request, invitation) : 'NOT_INVITED';
    if (refusal) {
      beginRefusal(response, refusal, { again });
      await discardRest(request, patience);
      response.end();
      return;
    }
    response.writeHead(204);
    response.end();
  };
};
