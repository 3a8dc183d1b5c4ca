import { GraphQLError } from 'graphql';

/** Nothing is half done: whoever sees this begins again. */
export const identityProviderUnavailable = (): GraphQLError =>
  new GraphQLError('The identity provider does not answer. Try again later, or sign in another way.', {
    extensions: { code: 'IDENTITY_PROVIDER_UNAVAILABLE' },
  });

export const signInNotConfigured = (): GraphQLError =>
  new GraphQLError('Nobody can sign in with a provider here: none is configured.', {
    extensions: { code: 'NOT_CONFIGURED' },
  });
