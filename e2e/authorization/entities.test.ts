import { isObjectType } from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { askSubgraph } from './ask-subgraph.ts';
import { judge, unproven } from './judge.ts';
import { matrices, type Seat, schemaOf, seats } from './matrix.ts';
import { isOfOffSale, observe, type Sighting } from './observe.ts';
import { type Scene, setScene } from './scene.ts';
import { entitiesOf, selectionOf } from './selection.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await setScene();
});

/** The ids of the scene's objects of an entity; what has a state in which a rule holds, in that state and in the other. */
const idsOf = (type: string): readonly string[] => {
  const { people, onSale, offSale, orderId } = scene;
  const ids: Readonly<Record<string, readonly (string | null)[]>> = {
    User: [people.owner.id],
    Seller: [people.seller.id],
    Product: [offSale.productId, onSale.productId],
    ProductVariant: [offSale.variantId, onSale.variantId],
    Order: [orderId],
  };
  if (!ids[type]) throw new Error(`Say in entities.test.ts which ${type} the scene has.`);
  return ids[type].map(String);
};

describe.each(Object.keys(matrices))('%s, asked by reference', (subgraph) => {
  const schema = schemaOf(subgraph);
  const rows = (matrices[subgraph] ?? []).filter(({ path }) => path === '_entities');

  it.each(rows)('shows of $type to each seat what the matrix says', async (row) => {
    const type = schema.getType(row.type);
    if (!isObjectType(type)) throw new Error(`${row.type} is no object.`);
    const selection = selectionOf(schema, type, entitiesOf([schema]));
    const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${row.type} ${selection} } }`;
    const offSale = [scene.offSale.productId, scene.offSale.variantId];
    const ids = idsOf(row.type);

    const lookFrom = async (seat: Seat): Promise<readonly Sighting[]> => {
      const token = await scene.people[seat].internalToken(subgraph);
      const of = ids.map((id) => ({ __typename: row.type, id }));
      const { data, errors } = await askSubgraph(subgraph, token, query, { of });
      const sightingsOf = (entity: Record<string, unknown> | null, index: number) => {
        const isOffSale = offSale.includes(ids[index] ?? '');
        const at = `_entities(${row.type}${isOffSale ? ' off sale' : ''})`;
        const expected = isOffSale || !isOfOffSale(row) ? row.cells[seat] : 'yes';
        const itself = { row, seat, at, apart: false, seen: entity ? 'yes' : 'null', expected };
        const place = { at, path: ['_entities', index], own: false, apart: false, isOffSale };
        return [itself, ...observe({ schema, seat, errors, offSale }, type, entity ?? {}, place)];
      };
      const found = (data as { _entities: (Record<string, unknown> | null)[] } | null)?._entities;
      if (!found) throw new Error(`${subgraph} answered ${seat} nothing: ${JSON.stringify(errors)}`);
      return found.flatMap(sightingsOf);
    };
    const sightings = (await Promise.all(seats.map(lookFrom))).flat();
    expect(judge(sightings)).toEqual([]);
    expect(unproven(sightings)).toEqual([]);
  });
});
