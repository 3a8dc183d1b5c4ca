import type { Config } from '../config.ts';
import type { FindDocument } from '../documents/find-document.ts';
import type { LoadShedding } from '../http/load-shedding.ts';
import type { Identification } from '../identity/identify.ts';
import type { Instruments } from './instruments.ts';
import type { Execution } from './wire-execution.ts';
import type { WiredGraph } from './wire-graph.ts';
import type { Limits } from './wire-limits.ts';

/** What every way to an operation needs, whether it leads over a request or over something that stays open. */
export type OperationParts = {
  readonly config: Config;
  readonly instruments: Instruments;
  readonly graph: WiredGraph;
  readonly identification: Identification;
  readonly limits: Limits;
  readonly load: LoadShedding;
  readonly findDocument: FindDocument;
  readonly execution: Execution;
};
