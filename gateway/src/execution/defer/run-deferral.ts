import type { ExecutionResult, GraphQLError } from 'graphql';
import type { AskSubgraph, Run } from '../plan/run.ts';
import { beginRun } from '../run-operation.ts';
import type { DeferredObject } from '../shape/compile-shape.ts';
import { createIntrospect, type Introspect } from '../shape/introspect.ts';
import { type Arrivals, createArrivals } from './arrivals.ts';
import type { LaterBlock, PreparedDeferral } from './prepared-deferral.ts';

/** Fields of one object that were put off; the path is the object's, and errors' paths begin at the root. */
export type DeferredAnswer = {
  readonly label?: string;
  readonly path: readonly (string | number)[];
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly GraphQLError[];
};

/** The first answer, and what follows it in groups that came together; no rest when nothing follows. */
export type DeferralResult = {
  readonly first: ExecutionResult;
  readonly rest: AsyncIterable<readonly DeferredAnswer[]> | null;
};

/** Runs an operation that puts something off. Parts are fetched as soon as they can be, and answered after what they are part of. */
export const runDeferral = async (
  prepared: PreparedDeferral,
  variables: Readonly<Record<string, unknown>>,
  ask: AskSubgraph,
): Promise<DeferralResult> => {
  const arrivals = createArrivals();
  const begun = beginRun(prepared, variables, ask);
  if ('refused' in begun) return { first: { errors: begun.refused }, rest: null };
  const run: Run = { ...begun, arrived: arrivals.arrived };
  const { shape, block } = prepared.formFor(run.conditions);
  const { graph, definition, fragments } = prepared;
  const introspect = createIntrospect(graph.clientSchema, definition, fragments.values(), variables);

  const fetched = block.step?.(run) ?? Promise.resolve();
  const later = begin(block.later, { run, arrivals, enclosing: fetched });
  await fetched;
  const objects: DeferredObject[] = [];
  const data = shape(run.data, run.errors, introspect, objects);
  const first = run.errors.length > 0 ? { data, errors: run.errors } : { data };
  if (objects.length === 0) return { first, rest: null };
  return { first, rest: answers(later, objects, introspect, prepared.labels) };
};

/** A part that is being fetched, with errors of its own. */
type Fetching = {
  readonly label: string | undefined;
  readonly errors: GraphQLError[];
  readonly done: Promise<Fetching>;
  readonly later: Promise<readonly Fetching[]>;
};

type Within = {
  readonly run: Run;
  readonly arrivals: Arrivals;
  /** Everything that encloses the part: after it, no fetch that the part waits for is still to come. */
  readonly enclosing: Promise<unknown>;
};

const begin = (blocks: readonly LaterBlock[], within: Within): readonly Fetching[] =>
  blocks.map((block) => beginOne(block, within));

const beginOne = (
  { label, waitsFor, block }: LaterBlock,
  { run, arrivals, enclosing }: Within,
): Fetching => {
  const errors: GraphQLError[] = [];
  const own: Run = { ...run, errors };
  const ready = Promise.race([arrivals.all(waitsFor), enclosing]);
  const started = ready.then(() => {
    const fetched = block.step?.(own) ?? Promise.resolve();
    const enclosed = Promise.all([enclosing, fetched]);
    return { fetched, later: begin(block.later, { run, arrivals, enclosing: enclosed }) };
  });
  const fetching: Fetching = {
    label,
    errors,
    done: started.then(({ fetched }) => fetched).then(() => fetching),
    later: started.then(({ later }) => later),
  };
  return fetching;
};

async function* answers(
  parts: readonly Fetching[],
  objects: readonly DeferredObject[],
  introspect: Introspect,
  labels: PreparedDeferral['labels'],
): AsyncGenerator<readonly DeferredAnswer[]> {
  let waiting = objects;
  const answer = (ready: readonly DeferredObject[], errors: readonly GraphQLError[]) =>
    ready.map((object, place): DeferredAnswer => {
      const { path, label } = object;
      const own = errors.filter((error) => (belongsTo(error, ready) ?? ready[0]) === ready[place]);
      const nested: DeferredObject[] = [];
      const data = object.shape(own, introspect, nested);
      waiting = [...waiting, ...nested];
      const name = labels.get(label);
      return {
        ...(name === undefined ? {} : { label: name }),
        path,
        data,
        ...(own.length > 0 ? { errors: own } : {}),
      };
    });

  const running = new Set(parts);
  while (running.size > 0) {
    const part = await Promise.race([...running].map(({ done }) => done));
    running.delete(part);
    const ready = waiting.filter(({ label }) => label === part.label);
    waiting = waiting.filter(({ label }) => label !== part.label);
    const answered = answer(ready, part.errors);
    for (const nested of await part.later) running.add(nested);
    if (answered.length > 0) yield answered;
  }
  while (waiting.length > 0) {
    // What the plan had nothing to fetch for.
    const ready = waiting;
    waiting = [];
    yield answer(ready, []);
  }
}

/** The innermost of the objects within which an error happened. */
const belongsTo = (
  { path }: GraphQLError,
  objects: readonly DeferredObject[],
): DeferredObject | undefined =>
  objects
    .filter((object) => object.path.every((step, depth) => path?.[depth] === step))
    .toSorted((one, other) => other.path.length - one.path.length)[0];
