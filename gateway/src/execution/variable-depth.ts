import type { GraphQLError } from 'graphql';
import { operationTooLarge } from '../errors.ts';

const maxLevels = 64;

/** Variables go through functions that call themselves for each level, down to `JSON.stringify`: too many would exhaust the stack. */
export const refuseDeepVariables = (variables: Readonly<Record<string, unknown>>): GraphQLError | null =>
  isDeeper(variables, maxLevels)
    ? operationTooLarge(`Variables may nest at most ${maxLevels} levels deep.`)
    : null;

const isDeeper = (value: unknown, levels: number): boolean => {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  for (const key in value) if (isDeeper((value as Record<string, unknown>)[key], levels - 1)) return true;
  return false;
};
