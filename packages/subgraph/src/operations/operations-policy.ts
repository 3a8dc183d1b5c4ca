import { admin } from '../policy/audience.ts';
import { each, only, type Policy } from '../policy/policy.ts';

const capital = (owner: string) => `${owner.charAt(0).toUpperCase()}${owner.slice(1)}`;

/** What a subgraph's operations are called at the roots of the supergraph. */
export const operationsFields = (owner: string) => ({
  query: `${owner}Operations`,
  replay: `replay${capital(owner)}Messages`,
  discard: `discard${capital(owner)}Messages`,
  republish: `republish${capital(owner)}Messages`,
});

/** A subgraph's policy with the lines of its operations; whoever has them sees all that hangs on them. */
export const withOperations = (owner: string, policy: Policy): Policy => {
  const { query, replay, discard, republish } = operationsFields(owner);
  return {
    ...policy,
    Query: { ...policy.Query, [query]: only(admin) },
    Mutation: { ...policy.Mutation, ...each(only(admin), replay, discard, republish) },
  };
};
