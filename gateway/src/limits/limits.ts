import type { Config } from '../config.ts';
import type { OperationLimits } from './admission.ts';
import type { SourceLimits } from './scan-source.ts';

/** What the configuration allows of a document, as it is written. */
export const sourceLimits = (config: Config): SourceLimits => ({
  maxTokens: config.MAX_TOKENS,
  maxDepth: config.MAX_DEPTH,
  maxDefinitions: config.MAX_DEFINITIONS,
  maxFields: config.MAX_FIELDS,
  maxAliases: config.MAX_ALIASES,
  maxDirectives: config.MAX_DIRECTIVES,
  maxDirectivesInOnePlace: config.MAX_DIRECTIVES_IN_ONE_PLACE,
});

/** What the configuration allows of an operation, once it is valid. */
export const operationLimits = (config: Config): OperationLimits => ({
  maxDepth: config.MAX_DEPTH,
  maxRootFields: config.MAX_ROOT_FIELDS,
  maxFields: config.MAX_FIELDS,
  maxNodes: config.MAX_NODES,
  maxCost: config.MAX_COST,
  assumedListSize: config.ASSUMED_LIST_SIZE,
});
