/** How a subgraph's name is written in the names of variables: `order-items` as ORDER_ITEMS. */
const asVariable = (name: string): string => name.toUpperCase().replace(/[^A-Z0-9]/g, '_');

export type Subgraph = { readonly name: string; readonly url: string };

/** The subgraphs with the URLs that configuration overrides. Overrides that name no subgraph are told in `unknown`. */
export const overrideUrls = (
  subgraphs: readonly Subgraph[],
  overrides: Readonly<Record<string, string>>,
): { subgraphs: Subgraph[]; unknown: string[] } => {
  const names = new Set(subgraphs.map(({ name }) => asVariable(name)));
  return {
    subgraphs: subgraphs.map(({ name, url }) => ({ name, url: overrides[asVariable(name)] ?? url })),
    unknown: Object.keys(overrides).filter((name) => !names.has(name)),
  };
};
