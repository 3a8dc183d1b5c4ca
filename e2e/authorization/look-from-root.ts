import type { Answer } from '@emporium/client';
import { type GraphQLField, getNamedType } from 'graphql';
import type { Person } from './cast.ts';
import { matrices, rowOf, type Seat, schemaOf, seats } from './matrix.ts';
import { observe, type Sighting } from './observe.ts';
import { samplesFrom } from './samples.ts';
import { idsIn, type Scene } from './scene.ts';
import { entitiesOf, selectionOf } from './selection.ts';

const api = schemaOf('api');
const entities = entitiesOf(Object.keys(matrices).map(schemaOf));

type Root = 'Query' | 'Subscription';
type Answered = Pick<Answer<Record<string, unknown>>, 'data' | 'errors'>;

const typeOf = (root: Root) => (root === 'Query' ? api.getQueryType() : api.getSubscriptionType());

export const fieldsOf = (root: Root): readonly string[] => Object.keys(typeOf(root)?.getFields() ?? {});

/** One root field and all that hangs on it, as the gateway shows it to each seat; of a subscription, its first event. */
export const lookFromRoot = async (
  scene: Scene,
  root: Root,
  name: string,
): Promise<readonly Sighting[]> => {
  const field = typeOf(root)?.getFields()[name];
  if (!field) throw new Error(`There is no ${root}.${name}.`);
  const { document, variables } = operationFor(scene, root, field);
  const sightings: Sighting[] = [];
  for (const seat of seats) {
    const answer = await ask(root, scene.people[seat], document, variables);
    sightings.push(...sightingsIn(scene, root, name, seat, answer));
  }
  return sightings;
};

const operationFor = (scene: Scene, root: Root, field: GraphQLField<unknown, unknown>) => {
  const type = getNamedType(field.type);
  const variables = samplesFrom(scene).argumentsOf(field.args, idsIn(scene, type.name)?.[0]);
  // Of the samples each is nobody's, as it has to be for who registers.
  if (Object.hasOwn(variables, 'email')) variables.email = scene.ownersEmail;
  const given = field.args.filter(({ name }) => Object.hasOwn(variables, name));
  const declared = given.map((argument) => `$${argument.name}: ${argument.type}`).join(', ');
  const passed = given.map(({ name }) => `${name}: $${name}`).join(', ');
  const call = `${field.name}${passed && `(${passed})`} ${selectionOf(api, type, entities)}`;
  return { document: `${root.toLowerCase()} ${declared && `(${declared})`} { ${call} }`, variables };
};

const ask = async (
  root: Root,
  { client }: Person,
  document: string,
  variables: Record<string, unknown>,
) => {
  if (root === 'Query') return client.request(document, variables);
  for await (const event of client.subscribe(document, variables)) return event;
  throw new Error('The subscription ended without an event.');
};

/** What an answer shows of a root field; an error that left no data is the field's. */
const sightingsIn = (
  scene: Scene,
  root: Root,
  name: string,
  seat: Seat,
  { data, errors }: Answered,
): readonly Sighting[] => {
  const row = rowOf(root, name);
  const type = typeOf(root);
  if (data === null || !type) {
    const seen = errors[0]?.extensions?.code ?? 'an error without a code';
    return [{ row, seat, at: `${root}.${name}`, seen, expected: row.cells[seat], apart: row.own }];
  }
  const place = { at: root, path: [], own: false, apart: false, isInQuestion: true };
  return observe({ schema: api, scene, seat, errors }, type, data, place);
};
