import { type GraphQLField, getNamedType } from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Asked, askSubgraph } from './ask-subgraph.ts';
import { seated } from './cast.ts';
import { matrices, type Row, type Seat, schemaOf, seats } from './matrix.ts';
import { samplesFrom } from './samples.ts';
import { type Scene, setScene } from './scene.ts';
import { selectionOf } from './selection.ts';
import { twinsOf } from './twins.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await setScene();
});

/** Of users' mutations each has people of its own: what one does to an account is not to be met by the next. */
const sceneFor = async (subgraph: string): Promise<Scene> => {
  if (subgraph !== 'users') return scene;
  const all = Object.values(scene.people);
  const twins = await twinsOf(all.flatMap(({ id }) => id ?? []));
  const people = await Promise.all(
    all.map(async ({ seat, id }) => [seat, await seated(seat, id && (twins.get(id) ?? null))] as const),
  );
  return { ...scene, people: Object.fromEntries(people) as Scene['people'] };
};

const documentFor = (schema: ReturnType<typeof schemaOf>, field: GraphQLField<unknown, unknown>) => {
  const declared = field.args.map(({ name, type }) => `$${name}: ${type}`).join(', ');
  const passed = field.args.map(({ name }) => `${name}: $${name}`).join(', ');
  const selection = selectionOf(schema, getNamedType(field.type), new Set(), 0);
  return `mutation ${declared && `(${declared})`} { ${field.name}${passed && `(${passed})`} ${selection} }`;
};

/** The codes of all refusals in an answer. */
const refusalsIn = (value: unknown): readonly string[] => {
  if (typeof value !== 'object' || value === null) return [];
  const { __typename, code } = value as { __typename?: unknown; code?: unknown };
  const own = String(__typename).endsWith('Refusal') ? [`refusal ${code}`] : [];
  return [...own, ...Object.values(value).flatMap(refusalsIn)];
};

/** Errors that say "not you", or that the walk asked wrongly. */
const telling = ['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND', 'BAD_USER_INPUT', 'INTERNAL_SERVER_ERROR'];

/** What was answered, in the words of the matrix; a refusal that is not about who asks is as good as a yes. */
const seenIn = ({ data, errors }: Asked, row: Row): string => {
  const codes = errors.map(({ extensions }) => extensions?.code ?? 'an error without a code');
  const stopped = [...codes.filter((code) => telling.includes(code)), ...refusalsIn(data)];
  const outcomes: readonly string[] = [...Object.values(row.cells), ...telling];
  return stopped.find((each) => outcomes.includes(each)) ?? 'yes';
};

describe.each(Object.keys(matrices))('%s, asked to change something', (subgraph) => {
  const schema = schemaOf(subgraph);
  const rows = (matrices[subgraph] ?? []).filter(({ path }) => path === 'mutation');

  it.each(rows)('lets $field be called from the seats that the matrix says', async (row) => {
    const field = schema.getMutationType()?.getFields()[row.field];
    if (!field) throw new Error(`There is no mutation ${row.field}.`);
    const own = await sceneFor(subgraph);
    const samples = samplesFrom(own);
    const document = documentFor(schema, field);
    const seen: Partial<Record<Seat, string>> = {};
    for (const seat of seats) {
      const token = await own.people[seat].internalToken(subgraph);
      const variables = samples.argumentsOf(field.args);
      seen[seat] = seenIn(await askSubgraph(subgraph, token, document, variables), row);
    }
    expect(seen).toEqual(row.cells);
  });
});
