import { randomUUID } from 'node:crypto';
import { ApiError } from './api-error.ts';

export type Credentials = { readonly clientId: string; readonly clientSecret: string };

/** Access tokens, by OAuth client credentials. */
export const createTokens = ({ clientId, clientSecret }: Credentials) => {
  const basic = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
  const valid = new Set<string>();
  return {
    give: (authorization: string | undefined, form: string): object => {
      if (authorization !== basic) throw new ApiError(401, 'invalid_client');
      if (new URLSearchParams(form).get('grant_type') !== 'client_credentials')
        throw new ApiError(400, 'unsupported_grant_type');
      const access_token = randomUUID();
      valid.add(access_token);
      return { access_token, token_type: 'Bearer', expires_in: 32_400 };
    },
    /** Throws when the request has no token that holds. */
    check: (authorization = ''): void => {
      if (!valid.has(authorization.replace(/^Bearer /, ''))) throw new ApiError(401, 'INVALID_TOKEN');
    },
    /** As when they have expired, or were revoked. */
    expire: (): void => valid.clear(),
  };
};
