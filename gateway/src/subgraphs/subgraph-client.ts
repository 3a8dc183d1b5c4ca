import type { Tracer } from '@emporium/telemetry';
import { BrokenCircuitError } from 'cockatiel';
import type { SubgraphQuestion } from '../execution/plan/run.ts';
import type { RequestContext } from '../execution/request-context.ts';
import { authorizationOf, type MintInternalToken, viewerKey } from '../identity/internal-tokens.ts';
import type { Logger } from '../logger.ts';
import type { Metrics } from '../metrics.ts';
import type { SeriesCounter } from '../observation/series.ts';
import type { Propagation } from '../propagation/propagation.ts';
import { createInFlight } from './in-flight.ts';
import type { TellRefusal } from './refused-token.ts';
import { readAnswer, type SubgraphAnswer, UnusableAnswer } from './subgraph-answer.ts';
import { presentErrors } from './subgraph-errors.ts';
import type { RawAnswer, SubgraphTransport } from './subgraph-transport.ts';

type Options = {
  readonly name: string;
  readonly transport: SubgraphTransport;
  readonly mint: MintInternalToken;
  /** Whether identical queries in flight are sent once. */
  readonly deduplicates: boolean;
  /** Whether this is the one subgraph that keeps sessions in cookies. */
  readonly keepsSessions: boolean;
  readonly propagation: Propagation;
  readonly tellRefusal: TellRefusal;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly tracer: Tracer | null;
};

const outcomes = ['answered', 'shared', 'unavailable', 'refused'] as const;

/** Asks one subgraph on behalf of one request; null when no usable answer came. */
export type SubgraphClient = (
  question: SubgraphQuestion,
  context: RequestContext,
) => Promise<SubgraphAnswer | null>;

/**
 * How the gateway asks one subgraph. Queries that are identical, for the same viewer and with the same headers, are sent
 * once while they are in flight; mutations never are shared. Each consumer parses the answer for itself, because merging
 * changes it in place.
 */
export const createSubgraphClient = (options: Options): SubgraphClient => {
  const { name, transport, mint, deduplicates, keepsSessions, logger, metrics, tracer } = options;
  const inFlight = createInFlight<RawAnswer>();
  const propagatedTo = options.propagation.toSubgraph(name);
  const latency = metrics.fetchLatency.series({ subgraph: name });
  const count = Object.fromEntries(
    outcomes.map((outcome) => [outcome, metrics.fetches.series({ subgraph: name, outcome })]),
  ) as Readonly<Record<(typeof outcomes)[number], SeriesCounter>>;

  const send = async (question: SubgraphQuestion, context: RequestContext): Promise<RawAnswer> => {
    const { body, isMutation } = question;
    const began = performance.now();
    const span = tracer?.start(`fetch ${name}`, { kind: 'client', parent: context.traceparent });
    let failure: string | undefined = 'unavailable';
    try {
      const token = mint(name, context.viewer);
      const headers = {
        ...propagatedTo(context.propagated),
        'content-type': 'application/json',
        accept: 'application/json',
        ...authorizationOf(token instanceof Promise ? await token : token),
        traceparent: span?.traceparent ?? context.traceparent,
        'x-request-id': context.record.requestId,
        ...(keepsSessions ? context.sessionHeaders : undefined),
      };
      const answer = await transport.post(body, headers, !isMutation);
      span?.describe({ 'http.response.status_code': answer.status });
      failure = answer.status >= 400 ? String(answer.status) : undefined;
      return answer;
    } finally {
      latency.observe((performance.now() - began) / 1000);
      span?.end(failure);
    }
  };

  const fetchOnce = (question: SubgraphQuestion, context: RequestContext) => {
    if (question.isMutation || !deduplicates) return { result: send(question, context), shared: false };
    const session = keepsSessions ? JSON.stringify(context.sessionHeaders) : '';
    const propagated = JSON.stringify(propagatedTo(context.propagated));
    const key = `${viewerKey(context.viewer)}\n${session}\n${propagated}\n${question.body}`;
    return inFlight.share(key, () => send(question, context));
  };

  return async (question, context) => {
    const { result, shared } = fetchOnce(question, context);
    let answer: SubgraphAnswer;
    try {
      const raw = await result;
      answer = readAnswer(raw);
      // Only a mutation opens or ends a session, and only its answer is certainly this client's own.
      if (keepsSessions && question.isMutation) context.setCookies.push(...raw.setCookies);
    } catch (error) {
      if (error instanceof BrokenCircuitError) {
        count.refused.inc();
        return null;
      }
      count.unavailable.inc();
      if (error instanceof UnusableAnswer) options.tellRefusal(name, error.status);
      const { requestId } = context.record;
      logger.warn({ requestId, subgraph: name, reason: String(error) }, 'a subgraph is unavailable');
      return null;
    }
    (shared ? count.shared : count.answered).inc();
    if (!answer.errors) return answer;
    const log = logger.child({ requestId: context.record.requestId });
    return { ...answer, errors: presentErrors(answer.errors, name, log) };
  };
};
