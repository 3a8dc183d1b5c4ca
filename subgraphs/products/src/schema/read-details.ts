import { badUserInput } from '@emporium/subgraph';
import {
  type Problem,
  type Specification,
  specificationsOf,
  specificationsProblem,
  tagsOf,
  tagsProblem,
} from '../domain/details.ts';
import {
  type OptionValue,
  optionsOf,
  optionsProblem,
  optionValuesOf,
  optionValuesProblem,
} from '../domain/options.ts';

type Given = {
  readonly tags?: readonly string[] | null | undefined;
  readonly specifications?: readonly Specification[] | null | undefined;
  readonly options?: readonly string[] | null | undefined;
};

/** Tags, specifications and options, checked; null is none, and what was left out stays so. */
export const readDetails = (given: Given, field: string) => ({
  tags: read(given.tags, tagsProblem, tagsOf, `${field}.tags`),
  specifications: read(
    given.specifications,
    specificationsProblem,
    specificationsOf,
    `${field}.specifications`,
  ),
  options: read(given.options, optionsProblem, optionsOf, `${field}.options`),
});

/** What a variant is said to be, checked. */
export const readOptionValues = (given: readonly OptionValue[] | null | undefined, field: string) =>
  read(given, optionValuesProblem, optionValuesOf, field);

const read = <Each, Kept>(
  given: readonly Each[] | null | undefined,
  problemOf: (given: readonly Each[]) => Problem | null,
  keep: (given: readonly Each[]) => Kept[],
  field: string,
): Kept[] | undefined => {
  if (given === undefined) return undefined;
  const problem = problemOf(given ?? []);
  if (problem)
    throw badUserInput(problem.message, problem.path === '' ? field : `${field}.${problem.path}`);
  return keep(given ?? []);
};
