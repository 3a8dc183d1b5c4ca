import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { PrismaClient } from '../generated/client.ts';
import { exportedProducts, whoseExport } from './exported-products.ts';
import { refuse } from './http-refusal.ts';
import { writeCatalogue } from './write-catalogue.ts';

/** Sends a seller's products as a file to whoever holds the token, as fast as it is taken. */
export const sendExport =
  (prisma: PrismaClient) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    response.setHeader('access-control-allow-origin', '*');
    if (request.method !== 'GET') return refuse(response, 'METHOD_NOT_ALLOWED', { allow: 'GET' });
    const [, token] = /^\/catalogue\/exports\/([\w-]{43})(?:\?|$)/.exec(request.url ?? '') ?? [];
    const sellerId = token === undefined ? null : await whoseExport(prisma, token);
    if (sellerId === null) return refuse(response, 'NOT_INVITED');
    response.writeHead(200, {
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': 'attachment; filename="products.csv"',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    // Whoever goes away ends the reading; a mistake of ours ends the connection, so that nobody takes half for the whole.
    await pipeline(...writeCatalogue(exportedProducts(prisma, sellerId)), response).catch(
      (error: unknown) => {
        if (!isGone(error)) throw error;
      },
    );
  };

const isGone = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
