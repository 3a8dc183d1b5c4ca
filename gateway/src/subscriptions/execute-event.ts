import type { ExecutionResult } from 'graphql';
import type { Run } from '../execution/plan/run.ts';
import type { ReadOperation } from '../execution/prepared-operation.ts';
import { finishRun } from '../execution/run-operation.ts';
import type { SubscriptionForm } from './prepare-operation.ts';
import type { UpstreamEvent } from './upstream-feed.ts';

/**
 * Runs the plan for one event: the event is what the primary fetch brought, the rest is asked of the other subgraphs. The
 * result is shaped by the client's own operation, so that what only the gateway asked for is not in it.
 */
export const executeEvent = async (
  event: UpstreamEvent,
  operation: ReadOperation,
  { receive, step, shape }: SubscriptionForm,
  given: Pick<Run, 'variables' | 'conditions' | 'ask'>,
): Promise<ExecutionResult> => {
  const run: Run = { ...given, data: {}, errors: [] };
  receive(event.data, event.errors, run, [run.data]);
  if (event.data) await step?.(run);
  return finishRun(operation, shape, run);
};
