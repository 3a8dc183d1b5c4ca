import {
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isNonNullType,
  isUnionType,
} from 'graphql';
import { governed } from './check-policy.ts';
import { type Decision, type Policy, type Step, stepsOf } from './policy.ts';
import { type Seat, seats } from './seats.ts';
import { sharedPolicy } from './shared-policy.ts';

/** The ways to a field: from a root, from an object that one has, or straight from its subgraph by reference. */
export type Path = 'query' | 'mutation' | 'subscription' | 'nested' | '_entities';

/** What is answered: the value, null, an error with that code, a list without it, or a refusal with that code. */
export type Outcome =
  | 'yes'
  | 'null'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'left out'
  | `refusal ${string}`;

/** One field by one path; `'*'` by `_entities` is the object itself. */
export type Row = {
  readonly type: string;
  readonly field: string;
  readonly path: Path;
  /** In words: which gates and which function decide. */
  readonly rule: string;
  /** The only case in which anybody gets something other than the value. */
  readonly when: string | null;
  /** Leads to the receiver's own. */
  readonly own: boolean;
  readonly cells: Readonly<Record<Seat, Outcome>>;
};

const roots: Readonly<Record<string, Path>> = {
  Query: 'query',
  Mutation: 'mutation',
  Subscription: 'subscription',
};

/** What a subgraph's policy comes to: a row for each entity, and one for each field. */
export const matrixOf = (schema: GraphQLSchema, policy: Policy): readonly Row[] => {
  const all: Policy = { ...sharedPolicy, ...policy };
  const entities = schema.getType('_Entity');
  return [
    ...(isUnionType(entities) ? entities.getTypes() : []).map(({ name }) =>
      rowOf({ type: name, field: '*', path: '_entities' }, stepsOf(all, name, '*')),
    ),
    ...governed(schema).flatMap(([type, fields]) => fields.map((field) => rowOfField(all, type, field))),
  ];
};

const rowOfField = (policy: Policy, type: GraphQLObjectType, field: string): Row => {
  const steps = stepsOf(policy, type.name, field);
  const place = { type: type.name, field, path: roots[type.name] ?? 'nested' };
  const leadsTo = type.getFields()[field]?.type;
  if (!leadsTo || steps.some(({ kind }) => kind === 'own')) return rowOf(place, steps);
  const ofObject = stepsOf(policy, getNamedType(leadsTo).name, '*');
  return rowOf(place, [...steps, ...(isNonNullType(leadsTo) ? ofObject.map(asError) : ofObject)]);
};

/** Where null may not stand for an object that is hidden, there is an error. */
const asError = (step: Step): Step =>
  step.kind !== 'own' && step.otherwise === 'NULL' ? { ...step, otherwise: 'NOT_FOUND' } : step;

const rowOf = (place: Pick<Row, 'type' | 'field' | 'path'>, steps: readonly Step[]): Row => ({
  ...place,
  rule: steps.flatMap(wordsOf).join(', then ') || 'open',
  when: steps.flatMap((step) => (step.kind === 'decision' && step.when ? [step.when] : []))[0] ?? null,
  own: steps.some(({ kind }) => kind === 'own'),
  cells: Object.fromEntries(seats.map((seat) => [seat, outcomeFor(seat, steps)])) as Row['cells'],
});

const wordsOf = (step: Step): readonly string[] => {
  if (step.kind === 'own') return [];
  return [step.kind === 'gate' ? step.audience.name : `\`${step.by}\``];
};

/** What the first step that does not let the seat through answers. */
const outcomeFor = (seat: Seat, steps: readonly Step[]): Outcome => {
  for (const step of steps) {
    if (step.kind === 'own') continue;
    const admitted = step.kind === 'gate' ? step.audience.seats : step.seats;
    if (!admitted.includes(seat)) return outcomeOf(step.otherwise, seat);
  }
  return 'yes';
};

const outcomeOf = (otherwise: Decision['otherwise'], seat: Seat): Outcome => {
  if (otherwise === 'NULL') return 'null';
  if (otherwise === 'LEFT OUT') return 'left out';
  if (otherwise === 'REFUSED') return seat === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN';
  return otherwise;
};
