import type { ExecutionResult } from 'graphql';
import type { Run } from '../execution/plan/run.ts';
import { finishRun } from '../execution/run-operation.ts';
import type { PlannedSubscription } from './prepare-operation.ts';
import type { UpstreamEvent } from './upstream-feed.ts';

/**
 * Runs the plan for one event: the event is what the primary fetch brought, the rest is asked of the other subgraphs. The
 * result is shaped by the client's own operation, so that what only the gateway asked for is not in it.
 */
export const executeEvent = async (
  event: UpstreamEvent,
  { prepared, receive }: PlannedSubscription,
  given: Pick<Run, 'variables' | 'conditions' | 'ask'>,
): Promise<ExecutionResult> => {
  const run: Run = { ...given, data: {}, errors: [] };
  receive(event.data, event.errors, run, [run.data]);
  if (event.data) await prepared.step?.(run);
  return finishRun(prepared, run);
};
