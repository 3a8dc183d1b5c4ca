/** Options: what the variants of a product differ in, such as size and colour. Each variant has one value for each. */
import { firstProblem, folded, type Problem, shortProblem, tidied } from './details.ts';

export const mostOptions = 3;
const longestText = 40;

/** A variant's value for one option: "Colour", "Blue". */
export type OptionValue = { readonly name: string; readonly value: string };

export const optionsOf = (names: readonly string[]): string[] => names.map(tidied);

export const optionValuesOf = (values: readonly OptionValue[]): OptionValue[] =>
  values.map(({ name, value }) => ({ name: tidied(name), value: tidied(value) }));

export const optionsProblem = (names: readonly string[]): Problem | null => {
  if (names.length > mostOptions)
    return { message: `A product has at most ${mostOptions} options.`, path: '' };
  return (
    firstProblem(names, (name) => ({ '': shortProblem('An option', name, longestText) })) ??
    twiceProblem(names)
  );
};

export const optionValuesProblem = (values: readonly OptionValue[]): Problem | null => {
  if (values.length > mostOptions)
    return { message: `A variant has at most ${mostOptions} options.`, path: '' };
  return (
    firstProblem(values, ({ name, value }) => ({
      name: shortProblem('An option', name, longestText),
      value: shortProblem('An option’s value', value, longestText),
    })) ?? twiceProblem(values.map(({ name }) => name))
  );
};

const twiceProblem = (names: readonly string[]): Problem | null => {
  const all = names.map(folded);
  const twice = all.findIndex((name, index) => all.indexOf(name) < index);
  return twice < 0 ? null : { message: 'An option is named once.', path: `${twice}` };
};

/** How options are looked for and told apart, whatever their capitals: one text for a name and a value. */
export const optionTerm = ({ name, value }: OptionValue): string =>
  `${folded(name)}${separator}${folded(value)}`;

/** The same as the seller wrote it. */
export const optionLabel = ({ name, value }: OptionValue): string => `${name}${separator}${value}`;

/** What a label was made of. */
export const optionOfLabel = (label: string): OptionValue => {
  const [name = '', value = ''] = label.split(separator);
  return { name, value };
};

/** No text of ours holds control characters. */
const separator = '\u001f';

export type Arranged =
  /** Each variant's values, in the order of the options. */
  | { readonly ok: true; readonly values: readonly (readonly string[])[] }
  /** The first variant that lacks an option, has one that is none of the product's, or is like one before it. */
  | { readonly ok: false; readonly index: number };

/** Puts what is said of each variant into the order of the product's options. */
export const arrange = (
  options: readonly string[],
  variants: readonly (readonly OptionValue[])[],
  /** Whether the variant at an index may be like another, since it is not sold any more. */
  isRetired: (index: number) => boolean = () => false,
): Arranged => {
  const seen = new Set<string>();
  const values: string[][] = [];
  for (const [index, said] of variants.entries()) {
    const byName = new Map(said.map(({ name, value }) => [folded(name), value]));
    const ordered = options.flatMap((option) => byName.get(folded(option)) ?? []);
    const key = ordered.map(folded).join(separator);
    const isWhole = ordered.length === options.length && said.length === options.length;
    const isUnique = options.length === 0 || isRetired(index) || !seen.has(key);
    if (!isWhole || !isUnique) return { ok: false, index };
    if (!isRetired(index)) seen.add(key);
    values.push(ordered);
  }
  return { ok: true, values };
};

/** Values beside the names of their options. */
export const named = (options: readonly string[], values: readonly string[]): OptionValue[] =>
  values.map((value, index) => ({ name: options[index] ?? '', value }));
