import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';

/** The supergraph of subgraphs that are served at these addresses. Throws for schemas that do not compose. */
export const composeSupergraph = <Name extends string>(
  schemas: Readonly<Record<Name, string>>,
  urls: Readonly<Record<NoInfer<Name>, string>>,
): string => {
  const { supergraphSdl, errors } = composeServices(
    (Object.keys(schemas) as Name[]).map((name) => ({
      name,
      url: urls[name],
      typeDefs: parse(schemas[name]),
    })),
  );
  if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join('\n'));
  return supergraphSdl;
};
