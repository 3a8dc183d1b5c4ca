import type { FetchNode } from '@apollo/query-planner';
import { type GraphQLFormattedError, parse, visit } from 'graphql';
import { type FetchErrors, fetchErrors } from './fetch-errors.ts';
import { type Fetched, isFetched, isUnresolved, markUnresolved, merge } from './fetched.ts';
import { objectsAt, type PlanPath, pathsAt, type ResultPath } from './objects-at.ts';
import { compileQuestion } from './question.ts';
import { compileRepresentationText, type RepresentationText } from './representation-text.ts';
import type { IsOfType } from './representations.ts';
import { compileRewrites, type Rewrite } from './rewrites.ts';
import type { Step } from './run.ts';

/** Representations as they are sent, each with the places, among the objects at the path, that it stands for. */
type Wanted = ReadonlyMap<string, readonly number[]>;

/**
 * Asks a subgraph for entities: equal representations are sent once, and each answer is merged into all objects that it
 * was asked for. An error within an entity is told at each of them.
 */
export const compileEntityFetch = (node: FetchNode, path: PlanPath, isOfType: IsOfType): Step => {
  const question = compileQuestion(node);
  const represent = compileRepresentationText(node, isOfType);
  const rewriteOutput = compileRewrites(node.outputRewrites, isOfType);
  const tell = fetchErrors(node, path);
  const tellsType = asksForType(node);
  return async (run) => {
    const objects = objectsAt(run.data, path);
    const wanted = gather(objects, represent);
    if (wanted.size === 0) return;
    const answer = await run.ask(node.serviceName, question(run, [...wanted.keys()].join()));
    const entities = answer?.data?._entities;
    const isWhole = Array.isArray(entities) && entities.length === wanted.size;
    if (!answer || (!isWhole && !answer.errors)) {
      run.errors.push(tell.unavailable());
      return;
    }
    const places = [...wanted.values()];
    if (answer.errors) run.errors.push(...relocate(answer.errors, places, pathsAt(run.data, path), tell));
    if (!isWhole) return;
    distribute(entities, places, objects, { rewrite: rewriteOutput, isOfType });
    if (tellsType) leaveUnresolved(entities, answer.errors ?? [], places, objects);
  };
};

const gather = (objects: readonly Fetched[], represent: RepresentationText): Wanted => {
  const wanted = new Map<string, number[]>();
  for (const [place, object] of objects.entries()) {
    const sent = represent(object);
    if (sent === null) continue;
    const places = wanted.get(sent);
    if (places) places.push(place);
    else wanted.set(sent, [place]);
  }
  return wanted;
};

const distribute = (
  entities: readonly unknown[],
  places: readonly (readonly number[])[],
  objects: readonly Fetched[],
  { rewrite, isOfType }: { readonly rewrite: Rewrite | null; readonly isOfType: IsOfType },
): void => {
  for (const [index, entity] of entities.entries()) {
    if (!isFetched(entity)) continue;
    const targets = (places[index] ?? []).map((place) => objects[place]).filter(isFetched);
    if (rewrite) {
      // Rewrites look at the type, for which an entity that is only completed was not asked.
      entity.__typename ??= targets[0]?.__typename;
      rewrite(entity);
    }
    for (const target of targets) {
      const { __typename: known } = target;
      merge(target, entity);
      // A subgraph that knows an interface as an object type takes that for the type of what implements it.
      if (typeof known === 'string' && isOfType(known, String(entity.__typename)))
        target.__typename = known;
    }
  }
};

/** Entities whose type this fetch was to tell, and which its subgraph does not know, as no error gives another reason. */
const leaveUnresolved = (
  entities: readonly unknown[],
  errors: readonly GraphQLFormattedError[],
  places: readonly (readonly number[])[],
  objects: readonly Fetched[],
): void => {
  for (const [index, entity] of entities.entries())
    if (entity === null && !errors.some(({ path }) => (path?.[1] ?? index) === index))
      for (const object of (places[index] ?? []).map((place) => objects[place]))
        if (object && !isUnresolved(object)) markUnresolved(object);
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
  places: readonly (readonly number[])[],
  paths: readonly ResultPath[],
  tell: FetchErrors,
) =>
  errors.flatMap((error) => {
    const [, index, ...inEntity] = error.path ?? [];
    const at = typeof index === 'number' ? places[index] : undefined;
    if (!at) return [tell.somewhere(error)];
    return at.map((place) => tell.relocated(error, paths[place] ?? [], inEntity));
  });
