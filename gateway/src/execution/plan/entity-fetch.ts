import type { FetchNode } from '@apollo/query-planner';
import { type GraphQLFormattedError, parse, visit } from 'graphql';
import { type FetchErrors, fetchErrors } from './fetch-errors.ts';
import { type Fetched, isFetched, markAbsent, markUnresolved, merge } from './fetched.ts';
import { objectsAt, type PlanPath, pathsAt, type ResultPath } from './objects-at.ts';
import { compileQuestion } from './question.ts';
import { compileRepresentationText, type RepresentationText } from './representation-text.ts';
import type { IsOfType } from './representations.ts';
import { compileRewrites, type Rewrite } from './rewrites.ts';
import type { Step } from './run.ts';

/** Representations as they are sent; and of each object at the path, in its order, which of them stands for it: -1 for none. */
type Wanted = { readonly sent: readonly string[]; readonly standsFor: readonly number[] };

/**
 * Asks a subgraph for entities: equal representations are sent once, and each answer is merged into all objects that it
 * was asked for. An error within an entity is told at each of them.
 */
export const compileEntityFetch = (node: FetchNode, path: PlanPath, isOfType: IsOfType): Step => {
  const question = compileQuestion(node);
  const represent = compileRepresentationText(node, isOfType);
  const rewriteOutput = compileRewrites(node.outputRewrites, isOfType);
  const tell = fetchErrors(node, path);
  const mark = asksForType(node) ? markUnresolved : markAbsent;
  return async (run) => {
    const objects = objectsAt(run.data, path);
    const { sent, standsFor } = gather(objects, represent);
    if (sent.length === 0) return;
    const answer = await run.ask(node.serviceName, question(run, sent.join()));
    const entities = answer?.data?._entities;
    const isWhole = Array.isArray(entities) && entities.length === sent.length;
    if (!answer || (!isWhole && !answer.errors)) {
      run.errors.push(tell.unavailable());
      return;
    }
    if (answer.errors)
      run.errors.push(...relocate(answer.errors, standsFor, pathsAt(run.data, path), tell));
    if (!isWhole) return;
    distribute(entities, standsFor, objects, { rewrite: rewriteOutput, isOfType });
    markUnknown(entities, answer.errors ?? [], standsFor, objects, mark);
  };
};

const gather = (objects: readonly Fetched[], represent: RepresentationText): Wanted => {
  const known = new Map<string, number>();
  const sent: string[] = [];
  const standsFor = objects.map((object) => {
    const representation = represent(object);
    if (representation === null) return -1;
    const same = known.get(representation);
    if (same !== undefined) return same;
    known.set(representation, sent.length);
    return sent.push(representation) - 1;
  });
  return { sent, standsFor };
};

const distribute = (
  entities: readonly unknown[],
  standsFor: readonly number[],
  objects: readonly Fetched[],
  { rewrite, isOfType }: { readonly rewrite: Rewrite | null; readonly isOfType: IsOfType },
): void => {
  let met = 0;
  for (let place = 0; place < objects.length; place += 1) {
    const index = standsFor[place] ?? -1;
    const target = objects[place];
    const entity = entities[index];
    const isFirst = index === met;
    if (isFirst) met += 1;
    if (!target || !isFetched(entity)) continue;
    const { __typename: known } = target;
    if (rewrite && isFirst) {
      // Rewrites look at the type, for which an entity that is only completed was not asked.
      entity.__typename ??= known;
      rewrite(entity);
    }
    merge(target, entity);
    // A subgraph that knows an interface as an object type takes that for the type of what implements it.
    if (
      typeof known === 'string' &&
      known !== target.__typename &&
      isOfType(known, String(entity.__typename))
    )
      target.__typename = known;
  }
};

/** Entities that the subgraph does not know, as no error gives another reason. Where it was to tell their type, nobody else can. */
const markUnknown = (
  entities: readonly unknown[],
  errors: readonly GraphQLFormattedError[],
  standsFor: readonly number[],
  objects: readonly Fetched[],
  mark: (object: Fetched) => void,
): void => {
  if (!entities.includes(null)) return;
  for (const [place, object] of objects.entries()) {
    const index = standsFor[place] ?? -1;
    if (entities[index] === null && !errors.some(({ path }) => (path?.[1] ?? index) === index))
      mark(object);
  }
};

/** Whether an entity's own type is asked for: the planner does so where only the subgraph knows it. */
const asksForType = ({ operation }: FetchNode): boolean => {
  let depth = 0;
  let asks = false;
  visit(parse(operation, { noLocation: true }), {
    Field: {
      enter: ({ name }) => {
        depth += 1;
        if (depth === 2 && name.value === '__typename') asks = true;
      },
      leave: () => {
        depth -= 1;
      },
    },
  });
  return asks;
};

const relocate = (
  errors: readonly GraphQLFormattedError[],
  standsFor: readonly number[],
  paths: readonly ResultPath[],
  tell: FetchErrors,
) =>
  errors.flatMap((error) => {
    const [, index, ...inEntity] = error.path ?? [];
    const at = index === -1 ? [] : paths.filter((_, place) => standsFor[place] === index);
    if (at.length === 0) return [tell.somewhere(error)];
    return at.map((path) => tell.relocated(error, path, inEntity));
  });
