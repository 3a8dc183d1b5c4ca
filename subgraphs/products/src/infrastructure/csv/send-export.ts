import type { IncomingMessage, ServerResponse } from 'node:http';
import { sendCsv } from '@emporium/csv';
import type { PrismaClient } from '../generated/client.ts';
import { columns } from './columns.ts';
import { exportedProducts, whoseExport } from './exported-products.ts';
import { refuse } from './http-refusal.ts';

/** Sends a seller's products as a file to whoever holds the token, as fast as it is taken. */
export const sendExport =
  (prisma: PrismaClient) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    response.setHeader('access-control-allow-origin', '*');
    if (request.method !== 'GET') return refuse(response, 'METHOD_NOT_ALLOWED', { allow: 'GET' });
    const [, token] = /^\/catalogue\/exports\/([\w-]{43})(?:\?|$)/.exec(request.url ?? '') ?? [];
    const sellerId = token === undefined ? null : await whoseExport(prisma, token);
    if (sellerId === null) return refuse(response, 'NOT_INVITED');
    await sendCsv(response, 'products.csv', columns, exportedProducts(prisma, sellerId));
  };
