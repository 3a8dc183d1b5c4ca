import { CommandError } from '../terminal/command-error.ts';

/** Whose messages there are to look at. */
export const subgraphs = ['users', 'products', 'inventory', 'orders', 'payments'] as const;

export type Subgraph = (typeof subgraphs)[number];

/** The one that is named; all, when none is. */
export const namedOrAll = (name: string | undefined): readonly Subgraph[] =>
  name === undefined ? subgraphs : [named(name)];

export const named = (name: string | undefined): Subgraph => {
  const found = subgraphs.find((each) => each === name);
  if (!found)
    throw new CommandError(
      'USAGE',
      `Say whose: --subgraph ${subgraphs.join(', ').replace(/, (?=\w+$)/, ' or ')}.`,
    );
  return found;
};

/** The name of a mutation. */
export const mutationOf = (verb: 'replay' | 'discard' | 'republish', subgraph: Subgraph): string =>
  `${verb}${subgraph.charAt(0).toUpperCase()}${subgraph.slice(1)}Messages`;
