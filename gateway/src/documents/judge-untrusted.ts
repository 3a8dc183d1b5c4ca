import { createHash } from 'node:crypto';
import { untrustedDocument } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { Metrics } from '../metrics.ts';

export type TrustMode = 'off' | 'log' | 'enforce';

/** Takes a document that the manifest does not hold, or null for an unknown id; throws where these are refused. */
export type JudgeUntrusted = (document: string | null, operationName: unknown) => void;

/** So many different ones are logged, each once; all are counted. */
const mostLogged = 1_000;

export const createJudgeUntrusted = (mode: TrustMode, logger: Logger, metrics: Metrics): JudgeUntrusted => {
  if (mode === 'off') return () => {};
  const logged = new Set<string>();
  return (document, operationName) => {
    if (mode === 'enforce') {
      metrics.untrustedDocuments.inc({ outcome: 'refused' });
      throw untrustedDocument();
    }
    if (document === null) return; // the client sends the document itself next
    metrics.untrustedDocuments.inc({ outcome: 'allowed' });
    if (logged.size >= mostLogged) return;
    const hash = createHash('sha256').update(document).digest('hex');
    if (logged.has(hash)) return;
    logged.add(hash);
    logger.warn({ hash, operationName: operationName ?? nameIn(document) }, 'a document is not trusted');
  };
};

const nameIn = (document: string): string | undefined =>
  /(?:query|mutation|subscription)\s+([_A-Za-z]\w{0,100})/.exec(document)?.[1];
