import type { AnswerError } from '@emporium/client';
import { type GraphQLField, getNamedType } from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { judge, unproven } from './judge.ts';
import { matrices, rowOf, type Seat, schemaOf, seats } from './matrix.ts';
import { observe, type Sighting } from './observe.ts';
import { type Samples, samplesFrom } from './samples.ts';
import { type Scene, setScene } from './scene.ts';
import { entitiesOf, selectionOf } from './selection.ts';

const api = schemaOf('api');
const entities = entitiesOf(Object.keys(matrices).map(schemaOf));

let scene: Scene;
let samples: Samples;
beforeAll(async () => {
  scene = await setScene();
  samples = samplesFrom(scene);
});

/** Which object a root field with the argument `id` is asked for, by its type. */
const idFor = (type: string): string | undefined =>
  ({ Product: scene.offSale.productId, Order: scene.orderId })[type];

const operationFor = (kind: 'query' | 'subscription', field: GraphQLField<unknown, unknown>) => {
  const type = getNamedType(field.type);
  const variables = samples.argumentsOf(field.args, idFor(type.name));
  const given = field.args.filter(({ name }) => Object.hasOwn(variables, name));
  const declared = given.map((argument) => `$${argument.name}: ${argument.type}`).join(', ');
  const passed = given.map(({ name }) => `${name}: $${name}`).join(', ');
  const document = `${kind} ${declared && `(${declared})`} { ${field.name}${passed && `(${passed})`} ${selectionOf(api, type, entities)} }`;
  return { document, variables };
};

type Answered = { readonly data: Record<string, unknown> | null; readonly errors: readonly AnswerError[] };

/** What an answer shows of a root field: an error that left no data is the field's. */
const sightingsIn = (
  root: 'Query' | 'Subscription',
  name: string,
  seat: Seat,
  { data, errors }: Answered,
): readonly Sighting[] => {
  const type = root === 'Query' ? api.getQueryType() : api.getSubscriptionType();
  if (!type) throw new Error(`There is no ${root}.`);
  const row = rowOf(root, name);
  const offSale = [scene.offSale.productId, scene.offSale.variantId];
  if (data === null) {
    const seen = errors[0]?.extensions?.code ?? 'an error without a code';
    return [{ row, seat, at: `${root}.${name}`, seen, expected: row.cells[seat], apart: row.own }];
  }
  return observe({ schema: api, seat, errors, offSale }, type, data, {
    at: root,
    path: [],
    own: false,
    apart: false,
    isOffSale: true,
  });
};

describe('through the gateway', () => {
  it.each(Object.keys(api.getQueryType()?.getFields() ?? {}))(
    'the query %s answers each seat as the matrix says',
    async (name) => {
      const field = api.getQueryType()?.getFields()[name];
      if (!field) throw new Error(name);
      const { document, variables } = operationFor('query', field);
      const sightings: Sighting[] = [];
      for (const seat of seats) {
        const answer = await scene.people[seat].client.request(document, variables);
        sightings.push(...sightingsIn('Query', name, seat, answer));
      }
      expect(judge(sightings)).toEqual([]);
      expect(unproven(sightings)).toEqual([]);
      expect(new Set(sightings.map(({ seat }) => seat)).size).toBe(seats.length);
    },
  );

  it.each(Object.keys(api.getSubscriptionType()?.getFields() ?? {}))(
    'the subscription %s gives each seat what the matrix says',
    async (name) => {
      const field = api.getSubscriptionType()?.getFields()[name];
      if (!field) throw new Error(name);
      const { document, variables } = operationFor('subscription', field);
      const sightings: Sighting[] = [];
      for (const seat of seats) {
        const { client } = scene.people[seat];
        for await (const { data, errors } of client.subscribe(document, variables)) {
          sightings.push(...sightingsIn('Subscription', name, seat, { data, errors }));
          break;
        }
      }
      expect(judge(sightings)).toEqual([]);
      expect(unproven(sightings)).toEqual([]);
      expect(new Set(sightings.map(({ seat }) => seat)).size).toBe(seats.length);
    },
  );
});
