import type { AnswerError } from '@emporium/client';
import { type GraphQLObjectType, type GraphQLSchema, getNamedType, isObjectType } from 'graphql';
import { type Row, rowOf, type Seat } from './matrix.ts';

/** What was answered at one place: a value, null, an error's code, or a list without what is off sale. */
export type Sighting = {
  readonly row: Row;
  readonly seat: Seat;
  /** Where in the answer, without indices. */
  readonly at: string;
  readonly seen: string;
  /** What the matrix says. */
  readonly expected: string;
  /** In what each seat has of its own, or a list of its own: what is null for one need not be for another. */
  readonly apart: boolean;
};

type Looking = {
  readonly schema: GraphQLSchema;
  readonly seat: Seat;
  readonly errors: readonly AnswerError[];
  /** The ids of what is off sale: rows that hold only then hold for these alone. */
  readonly offSale: readonly string[];
};

type Place = {
  readonly at: string;
  readonly path: readonly (string | number)[];
  /** On what is the viewer's own. */
  readonly own: boolean;
  readonly apart: boolean;
  /** Whether it is a place where rows for what is off sale hold. */
  readonly isOffSale: boolean;
};

/** Everything that an answer shows of an object of this type, and of all that hangs on it. */
export const observe = (
  looking: Looking,
  type: GraphQLObjectType,
  value: Readonly<Record<string, unknown>>,
  { at, path, own, apart, isOffSale }: Place,
): readonly Sighting[] =>
  Object.entries(value).flatMap(([name, found]) => {
    const field = type.getFields()[name];
    if (!field) return [];
    const row = rowOf(type.name, name);
    const isList = Object.values(row.cells).includes('left out');
    const place = {
      at: `${at}.${name}`,
      path: [...path, name],
      own: own || row.own,
      apart: apart || row.own || isList,
    };
    const sighting = {
      row,
      seat: looking.seat,
      at: place.at,
      seen: seenOf(looking, isList, found, place.path),
      expected: isList || isOffSale || !isOfOffSale(row) ? expectedOf(row, looking.seat, own) : 'yes',
      apart: apart || row.own,
    };
    return [sighting, ...within(looking, getNamedType(field.type).name, found, place)];
  });

/** Rows that let everybody pass unless the object is off sale. */
export const isOfOffSale = ({ when }: Row): boolean => when === 'it is off sale';

const expectedOf = ({ cells }: Row, seat: Seat, own: boolean): string =>
  own && cells.owner === 'yes' ? 'yes' : cells[seat];

const within = (
  looking: Looking,
  typeName: string,
  found: unknown,
  place: Omit<Place, 'isOffSale'>,
): readonly Sighting[] => {
  if (Array.isArray(found)) {
    return found.flatMap((item, index) =>
      within(looking, typeName, item, { ...place, path: [...place.path, index] }),
    );
  }
  if (typeof found !== 'object' || found === null) return [];
  const value = found as Readonly<Record<string, unknown>>;
  const type = looking.schema.getType(String(value.__typename ?? typeName));
  if (!isObjectType(type)) return [];
  return observe(looking, type, value, { ...place, isOffSale: looking.offSale.includes(String(value.id)) });
};

const seenOf = (
  { errors, offSale }: Looking,
  isList: boolean,
  found: unknown,
  path: readonly (string | number)[],
): string => {
  const error = errors.find((each) => JSON.stringify(each.path) === JSON.stringify(path));
  if (error) return error.extensions?.code ?? 'an error without a code';
  if (found === null) return 'null';
  if (!isList) return 'yes';
  return offSale.some((id) => JSON.stringify(found).includes(id)) ? 'yes' : 'left out';
};
