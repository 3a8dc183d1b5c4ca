import type { Redis } from 'ioredis';
import type { Config } from '../config.ts';
import { sourceLimits } from '../limits/limits.ts';
import { createScan } from '../limits/scan-source.ts';
import type { Logger } from '../logger.ts';
import type { Metrics } from '../metrics.ts';
import { createFindDocument, type FindDocument } from './find-document.ts';
import { createJudgeUntrusted } from './judge-untrusted.ts';
import { createPersistedDocuments } from './persisted-documents.ts';
import { loadTrustedDocuments } from './trusted-documents.ts';

/** The gateway's way from a request to its document, as it is configured. Throws for a manifest that cannot be used. */
export const findDocumentsBy = async (
  config: Config,
  redis: Redis | null,
  logger: Logger,
  metrics: Metrics,
): Promise<FindDocument> => {
  const trusted =
    config.TRUSTED_DOCUMENTS_PATH === undefined
      ? null
      : await loadTrustedDocuments(config.TRUSTED_DOCUMENTS_PATH);
  return createFindDocument({
    scan: createScan(sourceLimits(config)),
    persisted: createPersistedDocuments(redis),
    trusted,
    judge: createJudgeUntrusted(config.TRUSTED_DOCUMENTS, logger, metrics),
  });
};
