import type { Logger } from '../logger.ts';

/** To be told the status of answers that are none. */
export type TellRefusal = (subgraph: string, status: number) => void;

const unbelieved =
  'a subgraph refuses the gateway’s token: look whether its INTERNAL_JWKS holds the public key of INTERNAL_SIGNING_KEY, whether it has the name by which the supergraph calls it, and whether its clock is right';
const unsigned =
  'a subgraph refuses to answer without the gateway’s token: set INTERNAL_SIGNING_KEY, to the private key of one in the subgraph’s INTERNAL_JWKS';

/**
 * Says in the log, once per subgraph, that it answers 401: to clients, and in readiness, that looks like one that is down, and
 * whoever deploys would look for the wrong thing.
 */
export const createTellRefusal = (logger: Logger, signs: boolean): TellRefusal => {
  const told = new Set<string>();
  return (subgraph, status) => {
    if (status !== 401 || told.has(subgraph)) return;
    told.add(subgraph);
    logger.error({ subgraph }, signs ? unbelieved : unsigned);
  };
};
