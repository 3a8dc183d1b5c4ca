import path from 'node:path';

/** Where our gateway is after `npm run build`. */
export const ourGateway = path.resolve(import.meta.dirname, '../../gateway/dist/main.js');

export type GatewaySurroundings = {
  readonly supergraphPath: string;
  readonly keysUrl: string;
  readonly signingKey: string;
};

/** What it is told wherever it is measured. All clients are at one address, and ask as fast as they can. */
export const gatewayEnvironment = ({ supergraphPath, keysUrl, signingKey }: GatewaySurroundings) => ({
  LIMIT_REQUESTS_PER_MINUTE: '10000000',
  LIMIT_OPERATIONS_PER_MINUTE: '10000000',
  SUPERGRAPH_PATH: supergraphPath,
  USERS_JWKS_URL: keysUrl,
  INTERNAL_SIGNING_KEY: signingKey,
});

/** Makes a process write a CPU profile when it ends. */
export const profiling = (folder: string, name: string): readonly string[] => [
  '--cpu-prof',
  `--cpu-prof-dir=${folder}`,
  `--cpu-prof-name=${name}.cpuprofile`,
];
