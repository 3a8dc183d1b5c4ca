import type { IncomingMessage, ServerResponse } from 'node:http';
import { discardRest } from '@emporium/subgraph';
import { largestUpload, uploadKey } from '../../application/profile/avatar-ports.ts';
import type { PrismaClient } from '../generated/client.ts';
import { refreshSecrets } from '../refresh-secrets.ts';
import { type AvatarRouteRefusal, beginRefusal, refuse } from './avatar-refusal.ts';
import type { folderStore } from './folder-store.ts';
import { receiveFile } from './receive-form.ts';

/** What a phone's picture has, and longer than it takes to send. */
const patience = { bytes: 64 * 1024 * 1024, ms: 10_000 };

type Invitation = { readonly id: string; readonly token: string };

/**
 * Takes one picture from whoever holds an invitation's token; what it is, is looked at when it is confirmed. Any page
 * may send it: the token is all that counts, and no cookie does.
 */
export const receiveAvatars = (prisma: PrismaClient, store: ReturnType<typeof folderStore>) => {
  const underWay = new Set<string>();

  const find = async (token: string): Promise<Invitation | null> => {
    const [row] = await prisma.$queryRaw<{ id: string }[]>`
      SELECT id FROM avatar_uploads
      WHERE fingerprint = ${refreshSecrets.fingerprint(token)} AND expires_at > now() AND NOT taken`;
    return row ? { id: row.id, token } : null;
  };

  const receive = async (
    request: IncomingMessage,
    { id, token }: Invitation,
  ): Promise<AvatarRouteRefusal | null> => {
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
    if (request.method !== 'POST') return refuse(response, 'METHOD_NOT_ALLOWED', { allow: 'POST' });
    // What is left of a body that is refused would wait in the socket for the next request.
    response.shouldKeepAlive = false;
    const [, token] = /^\/avatars\/uploads\/([\w-]{43})(?:\?|$)/.exec(request.url ?? '') ?? [];
    const invitation = token === undefined ? null : await find(token);
    const refusal = invitation ? await receiveOne(request, invitation) : 'NOT_INVITED';
    if (refusal) {
      beginRefusal(response, refusal);
      await discardRest(request, patience);
      response.end();
      return;
    }
    response.writeHead(204);
    response.end();
  };
};
