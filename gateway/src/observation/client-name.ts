import { other } from './bounded-names.ts';

/** What a client calls itself; nobody has checked it, but it is fit for a label and a line of the log. */
export type ClientName = { readonly name: string; readonly version: string };

const fit = /^[\w .:/@+-]{1,64}$/;

const read = (header: unknown): string => {
  if (header === undefined || header === '') return 'unknown';
  return typeof header === 'string' && fit.test(header) ? header : other;
};

/** From the headers that Apollo's clients send. */
export const clientNameOf = (headers: Readonly<Record<string, unknown>>): ClientName => ({
  name: read(headers['apollographql-client-name']),
  version: read(headers['apollographql-client-version']),
});
