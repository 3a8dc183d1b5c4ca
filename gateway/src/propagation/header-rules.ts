import { z } from 'zod';

/** Which headers of a client a subgraph gets: by the subgraph's name, or `*` for every one. */
export type HeaderRules = Readonly<Record<string, readonly string[]>>;

/** Headers that say who asks or from where, and those of a connection: they are never a client's to send on. */
const reserved =
  /^(authorization|cookie2?|set-cookie|host|forwarded|x-forwarded-.*|x-real-ip|traceparent|tracestate|accept|accept-encoding|content-.*|connection|keep-alive|proxy-.*|sec-.*|te|trailer|transfer-encoding|upgrade|expect)$/;

const headerName = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[\w!#$%&'*+.^`|~-]+$/, 'must be names of headers, separated by commas, or JSON of such lists')
  .refine((name) => !reserved.test(name), {
    error: ({ input }) => `must not name ${input}: no client's ${input} reaches a subgraph`,
  });

/** Reads `accept-language,x-tenant` for all subgraphs, or `{"*":["accept-language"],"accounts":["x-tenant"]}`. */
export const headerRules = z
  .string()
  .default('')
  .transform((text, context): unknown => {
    if (!text.trimStart().startsWith('{'))
      return { '*': text.split(',').filter((name) => name.trim() !== '') };
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue('is not JSON');
      return z.NEVER;
    }
  })
  .pipe(z.record(z.string(), z.array(headerName)));
