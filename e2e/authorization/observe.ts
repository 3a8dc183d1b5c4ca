import type { AnswerError } from '@emporium/client';
import { type GraphQLObjectType, type GraphQLSchema, getNamedType, isObjectType } from 'graphql';
import { type Row, rowOf, type Seat } from './matrix.ts';
import { isOffSale, knows, type Scene } from './scene.ts';

/** What was answered at one place: a value, null, an error's code, or a list without what is off sale. */
export type Sighting = {
  readonly row: Row;
  readonly seat: Seat;
  /** Where in the answer; without indices, unless the items are entries of a record. */
  readonly at: string;
  readonly seen: string;
  /** What the matrix says. */
  readonly expected: string;
  /** In what each seat has of its own, or in a list of its own: what is null for one need not be for another. */
  readonly apart: boolean;
};

export type Looking = {
  readonly schema: GraphQLSchema;
  readonly scene: Scene;
  readonly seat: Seat;
  readonly errors: readonly AnswerError[];
};

export type Place = {
  readonly at: string;
  readonly path: readonly (string | number)[];
  /** On what is the viewer's own. */
  readonly own: boolean;
  readonly apart: boolean;
  /** Rows that hold for what is off sale only hold here, and lists are those of the scene's seller. */
  readonly isInQuestion: boolean;
};

type Fields = Readonly<Record<string, unknown>>;

/** Everything that an answer shows of an object of this type, and of all that hangs on it. */
export const observe = (
  looking: Looking,
  type: GraphQLObjectType,
  value: Fields,
  place: Place,
): readonly Sighting[] =>
  Object.entries(value).flatMap(([name, found]) => {
    const field = type.getFields()[name];
    if (!field) return [];
    const row = rowOf(type.name, name);
    const isList = Object.values(row.cells).includes('left out');
    const own = place.own || row.own;
    const inside = {
      at: `${place.at}.${name}`,
      path: [...place.path, name],
      own,
      apart: place.apart || row.own || isList,
    };
    const below = within(looking, getNamedType(field.type).name, found, inside);
    if (isList && !place.isInQuestion) return below;
    const seen = seenOf(looking, isList, found, inside.path);
    const expected = holds(row, place) ? expectedOf(row, looking.seat, place.own) : 'yes';
    return [
      { row, seat: looking.seat, at: inside.at, seen, expected, apart: place.apart || row.own },
      ...below,
    ];
  });

/** Whether a row that holds in one case only holds here. */
const holds = ({ when }: Row, { isInQuestion }: Pick<Place, 'isInQuestion'>): boolean =>
  when === null || (isInQuestion && when !== 'it is an application');

/** On what is one's own, one sits where its owner does, be it an account or a shop. */
const expectedOf = ({ cells }: Row, seat: Seat, own: boolean): string =>
  own && (cells.owner === 'yes' || cells.seller === 'yes') ? 'yes' : cells[seat];

/** Entries of a record have no id and are the same for all who see them: each is compared where it stands. */
const isEntry = ({ schema }: Looking, typeName: string): boolean => {
  const type = schema.getType(typeName);
  return typeName.endsWith('Entry') && isObjectType(type) && !type.getFields().id;
};

const within = (
  looking: Looking,
  typeName: string,
  found: unknown,
  place: Omit<Place, 'isInQuestion'>,
): readonly Sighting[] => {
  if (Array.isArray(found)) {
    return found.flatMap((item, index) =>
      within(looking, typeName, item, {
        ...place,
        at: isEntry(looking, typeName) ? `${place.at}.${index}` : place.at,
        path: [...place.path, index],
      }),
    );
  }
  if (typeof found !== 'object' || found === null) return [];
  const value = found as Fields;
  const type = looking.schema.getType(String(value.__typename ?? typeName));
  if (!isObjectType(type)) return [];
  const known = knows(looking.scene, type.name, value.id);
  // Of what is no part of the scene nobody knows who sits where.
  if (known === false && !place.own) return [];
  const isInQuestion = known === true && (type.name === 'Seller' || isOffSale(looking.scene, value.id));
  return observe(looking, type, value, { ...place, isInQuestion });
};

const seenOf = (
  { errors, scene }: Looking,
  isList: boolean,
  found: unknown,
  path: readonly (string | number)[],
): string => {
  const error = errors.find((each) => JSON.stringify(each.path) === JSON.stringify(path));
  if (error) return error.extensions?.code ?? 'an error without a code';
  if (found === null) return 'null';
  if (!isList) return 'yes';
  return JSON.stringify(found).includes(scene.offSale.productId) ? 'yes' : 'left out';
};

/** The object itself, loaded by reference. */
export const sightingOfObject = (
  row: Row,
  seat: Seat,
  at: string,
  found: unknown,
  isInQuestion: boolean,
): Sighting => ({
  row,
  seat,
  at,
  apart: false,
  seen: found ? 'yes' : 'null',
  expected: holds(row, { isInQuestion }) ? row.cells[seat] : 'yes',
});
