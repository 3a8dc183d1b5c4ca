import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  buildSchema,
  findBreakingChanges,
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql';
import { describe, expect, it } from 'vitest';

const read = (file: string) =>
  buildSchema(readFileSync(path.join(import.meta.dirname, file), 'utf8'), { assumeValidSDL: true });
const api = read('api.graphql');

const undescribed = (type: GraphQLNamedType): string[] => {
  const missing = (name: string, description: string | null | undefined) => (description ? [] : [name]);
  const inside = () => {
    if (isEnumType(type))
      return type.getValues().flatMap((value) => missing(`${type.name}.${value.name}`, value.description));
    if (isInputObjectType(type)) {
      return Object.values(type.getFields()).flatMap((field) =>
        missing(`${type.name}.${field.name}`, field.description),
      );
    }
    if (!isObjectType(type) && !isInterfaceType(type)) return [];
    return Object.values(type.getFields()).flatMap((field) => [
      ...missing(`${type.name}.${field.name}`, field.description),
      ...field.args.flatMap((argument) =>
        missing(`${type.name}.${field.name}(${argument.name}:)`, argument.description),
      ),
    ]);
  };
  const isRoot = [api.getQueryType(), api.getMutationType(), api.getSubscriptionType()].includes(
    type as never,
  );
  return [...(isRoot ? [] : missing(type.name, type.description)), ...inside()];
};

describe('the public API', () => {
  it('keeps every name of the contract', () => {
    expect(
      findBreakingChanges(read('contract.graphql'), api).map(({ description }) => description),
    ).toEqual([]);
  });
  it('describes every type, field, argument and value', () => {
    const ours = Object.values(api.getTypeMap()).filter(
      (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
    );
    expect(ours.flatMap(undescribed)).toEqual([]);
  });
});
