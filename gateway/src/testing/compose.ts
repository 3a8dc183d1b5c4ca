import { composeServices } from '@apollo/composition';
import type { DocumentNode } from 'graphql';

type Service = { readonly name: string; readonly url: string; readonly typeDefs: DocumentNode };

/** The supergraph of these subgraphs. Throws for what does not compose. */
export const compose = (services: readonly Service[]): string => {
  const { supergraphSdl, errors } = composeServices(
    services.map(({ name, url, typeDefs }) => ({ name, url, typeDefs })),
  );
  if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join('\n'));
  return supergraphSdl;
};
