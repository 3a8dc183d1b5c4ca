import { createHash } from 'node:crypto';
import { badRequest, hashMismatch, persistedQueryNotFound } from '../errors.ts';
import type { Scan } from '../limits/scan-source.ts';
import type { JudgeUntrusted } from './judge-untrusted.ts';
import type { PersistedDocuments } from './persisted-documents.ts';
import type { TrustedDocuments } from './trusted-documents.ts';

/** The parts of a GraphQL request that say which document is meant, as they came. */
export type DocumentParameters = {
  readonly query?: unknown;
  readonly documentId?: unknown;
  readonly operationName?: unknown;
  readonly extensions?: unknown;
};

/**
 * The document that a request means: as it is written there, or by an id of the manifest, or by the hash of one that some
 * client sent before. Undefined when it names none. Throws for what may not be run, before anybody parses it.
 */
export type FindDocument = (parameters: DocumentParameters) => Promise<string | undefined>;

type Options = {
  readonly scan: Scan;
  readonly persisted: PersistedDocuments;
  /** Null without a manifest. */
  readonly trusted: TrustedDocuments | null;
  readonly judge: JudgeUntrusted;
};

export const createFindDocument = ({ scan, persisted, trusted, judge }: Options): FindDocument => {
  const take = (document: string, operationName: unknown): string => {
    if (trusted && !trusted.has(document)) judge(document, operationName);
    const refusal = scan(document);
    if (refusal) throw refusal;
    return document;
  };

  const recall = async (id: string, operationName: unknown): Promise<string> => {
    const known = trusted?.byId(id);
    if (known !== undefined) return known;
    const document = await persisted.get(id);
    if (document !== undefined) return take(document, operationName);
    if (trusted) judge(null, operationName);
    throw persistedQueryNotFound();
  };

  return async ({ query, documentId, operationName, extensions }) => {
    const hash = hashIn(extensions);
    if (typeof query === 'string' && query !== '') {
      if (hash !== null && hash !== sha256(query)) throw hashMismatch();
      const document = take(query, operationName);
      if (hash !== null) persisted.set(hash, document);
      return document;
    }
    const id = documentId ?? hash;
    if (id == null) return undefined;
    if (typeof id !== 'string') throw badRequest('documentId must be text.');
    return recall(id, operationName);
  };
};

/** The hash that Apollo's protocol of automatic persisted queries carries; null without one. */
const hashIn = (extensions: unknown): string | null => {
  const { persistedQuery } = (extensions ?? {}) as { persistedQuery?: unknown };
  if (persistedQuery == null) return null;
  const { version, sha256Hash } = persistedQuery as { version?: unknown; sha256Hash?: unknown };
  if (version !== 1) throw badRequest('extensions.persistedQuery.version must be 1.');
  if (typeof sha256Hash !== 'string')
    throw badRequest('extensions.persistedQuery.sha256Hash must be text.');
  return sha256Hash;
};

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
