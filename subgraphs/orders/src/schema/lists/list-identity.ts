import type { ListIdentity } from '@emporium/subgraph';

const uuid = String.raw`[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}`;

/** A list in the order of its ids; `name` says which one, and in which direction. */
export const listById = (name: string): ListIdentity => ({ name, values: new RegExp(`^${uuid}$`) });

/** A list by country, and within one by id. */
export const listByCountry = (name: string): ListIdentity => ({
  name,
  values: new RegExp(`^[A-Z]{2}${uuid}$`),
});

/** A list by order, and within one by the step that it waits for. */
export const listByStep = (name: string): ListIdentity => ({
  name,
  values: new RegExp(`^(?:${uuid}|[A-Z]+)$`),
});
