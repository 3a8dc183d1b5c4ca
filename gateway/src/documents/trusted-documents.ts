import { readFile } from 'node:fs/promises';
import { z } from 'zod';

/** Apollo's format of a manifest, which `npm run persist` and Apollo's own tools write. */
const manifest = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(z.object({ id: z.string().min(1), body: z.string().min(1) })),
});

/** The documents that clients were built with. */
export type TrustedDocuments = {
  byId(id: string): string | undefined;
  has(document: string): boolean;
};

/** Throws an error that says what is wrong with the file. */
export const loadTrustedDocuments = async (path: string): Promise<TrustedDocuments> => {
  const text = await readFile(path, 'utf8').catch(({ code }: NodeJS.ErrnoException) => {
    throw new Error(`The trusted documents at ${path} cannot be read (${code}).`);
  });
  try {
    return trustedDocuments(manifest.parse(JSON.parse(text)).operations);
  } catch (cause) {
    throw new Error(`${path} is no manifest of trusted documents: \`npm run persist\` makes one.`, {
      cause,
    });
  }
};

const trustedDocuments = (
  operations: readonly { readonly id: string; readonly body: string }[],
): TrustedDocuments => {
  const bodies = new Map(operations.map(({ id, body }) => [id, body]));
  const texts = new Set(bodies.values());
  return {
    byId: (id) => bodies.get(id) ?? bodies.get(id.replace(/^sha256:/, '')),
    has: (document) => texts.has(document),
  };
};
