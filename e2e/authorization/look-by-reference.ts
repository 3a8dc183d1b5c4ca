import { isObjectType } from 'graphql';
import { askSubgraph } from './ask-subgraph.ts';
import { type Row, type Seat, schemaOf, seats } from './matrix.ts';
import { observe, type Sighting, sightingOfObject } from './observe.ts';
import { idsIn, isOffSale, type Scene } from './scene.ts';
import { entitiesOf, selectionOf } from './selection.ts';

type Found = readonly (Readonly<Record<string, unknown>> | null)[];

/** The scene's entities of one type, and all that hangs on them, as a subgraph shows them to each seat by reference. */
export const lookByReference = async (
  scene: Scene,
  subgraph: string,
  row: Row,
): Promise<readonly Sighting[]> => {
  const schema = schemaOf(subgraph);
  const type = schema.getType(row.type);
  const ids = idsIn(scene, row.type);
  if (!isObjectType(type) || !ids) throw new Error(`Say in scene.ts which ${row.type} the scene has.`);
  const selection = selectionOf(schema, type, entitiesOf([schema]));
  const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${row.type} ${selection} } }`;
  const of = ids.map((id) => ({ __typename: row.type, id }));

  const lookFrom = async (seat: Seat): Promise<readonly Sighting[]> => {
    const token = await scene.people[seat].internalToken(subgraph);
    const { data, errors } = await askSubgraph(subgraph, token, query, { of });
    const found = (data as { _entities: Found } | null)?._entities;
    if (!found) throw new Error(`${subgraph} answered ${seat} nothing: ${JSON.stringify(errors)}`);
    return found.flatMap((entity, index) => {
      const isOff = isOffSale(scene, ids[index]);
      const at = `${subgraph}._entities(${row.type}${isOff ? ' off sale' : ''})`;
      const isInQuestion = isOff || row.type === 'Seller';
      const place = { at, path: ['_entities', index], own: false, apart: false, isInQuestion };
      return [
        sightingOfObject(row, seat, at, entity, isInQuestion),
        ...observe({ schema, scene, seat, errors }, type, entity ?? {}, place),
      ];
    });
  };
  return (await Promise.all(seats.map(lookFrom))).flat();
};
