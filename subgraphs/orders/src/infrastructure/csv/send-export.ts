import type { IncomingMessage, ServerResponse } from 'node:http';
import { sendCsv } from '@emporium/csv';
import type { OrderLists } from '../../application/order-lists.ts';
import type { Tx } from '../database.ts';
import { columnsFor } from './columns.ts';
import { exportedLines } from './exported-lines.ts';
import { admissionBy } from './order-exports.ts';

/** Says no as GraphQL would, with a code. */
const refuse = (response: ServerResponse, status: number, code: string, message: string): void => {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify({ errors: [{ message, extensions: { code } }] }));
};

/** Sends orders as a file to whoever holds the token, as fast as it is taken. */
export const sendExport =
  (client: Tx, lists: OrderLists) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    response.setHeader('access-control-allow-origin', '*');
    if (request.method !== 'GET') {
      response.setHeader('allow', 'GET');
      return refuse(response, 405, 'METHOD_NOT_ALLOWED', 'This path is not asked that way.');
    }
    const [, token] = /^\/order-exports\/([\w-]{43})(?:\?|$)/.exec(request.url ?? '') ?? [];
    const admission = token === undefined ? null : await admissionBy(client, token);
    if (!admission) {
      const message = 'This address is not good, or not any more: ask for another one.';
      return refuse(response, 404, 'NOT_INVITED', message);
    }
    const lines = exportedLines(client, lists, admission);
    await sendCsv(response, 'orders.csv', columnsFor[admission.kind], lines);
  };
