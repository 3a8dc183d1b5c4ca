import { isLegacyClient } from './media-types.ts';

/**
 * GraphQL over HTTP asks for 200 where a client reads `application/json` alone: it could not tell our 400 from one of a proxy.
 * Limits stay a 400, as does a request that is no GraphQL.
 */
export const legacyStatus = (
  status: number,
  accept: string | undefined,
  { isRequestError }: { readonly isRequestError: boolean },
): number => (status === 400 && isRequestError && isLegacyClient(accept) ? 200 : status);
