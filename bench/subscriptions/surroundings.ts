import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildProcesses } from '../stage/build-processes.ts';
import { type Child, startChild } from '../stage/child.ts';
import { makeIdentity } from '../stage/identity.ts';
import { composeSupergraph } from '../stage/supergraph.ts';
import { type BenchGateway, startBenchGateway } from './bench-gateway.ts';
import type { ClientsAsked, ClientsTold, Subscriber } from './processes/clients.ts';
import type { SubgraphsAsked, SubgraphsTold } from './processes/subgraphs.ts';
import { schemas } from './schemas.ts';

/** What stands around a gateway that is measured, once for all runs. */
export const startSurroundings = async (folder: string, mostSubscribers: number) => {
  const programs = await buildProcesses(import.meta.dirname, ['subgraphs', 'clients']);
  const subgraphs = startChild(programs.subgraphs);
  const [{ addresses }, identity] = await Promise.all([
    subgraphs.next<SubgraphsTold>(),
    makeIdentity(mostSubscribers),
  ]);
  const tellSubgraphs = (asked: SubgraphsAsked): void => subgraphs.tell(asked);
  tellSubgraphs({ keys: JSON.stringify(identity.keys) });
  const supergraphPath = path.join(folder, 'supergraph.graphql');
  writeFileSync(supergraphPath, composeSupergraph(schemas, addresses));

  return {
    tokens: identity.tokens,
    change: (orders: readonly string[], pauseMs: number): void =>
      tellSubgraphs({ change: orders, pauseMs }),
    startClients: () => createClients(startChild(programs.clients)),
    startGateway: (profile: { readonly folder: string; readonly name: string } | null) =>
      startBenchGateway({
        supergraphPath,
        keysUrl: addresses.keys,
        signingKey: identity.signingKey,
        mostSubscribers,
        profile,
      }),
  };
};

export type Surroundings = Awaited<ReturnType<typeof startSurroundings>>;

const createClients = (child: Child) => {
  const ask = async (asked: ClientsAsked): Promise<Exclude<ClientsTold, { error: string }>> => {
    const told = await child.ask<ClientsTold>(asked);
    if (typeof told === 'object' && 'error' in told) throw new Error(told.error);
    return told;
  };
  return {
    /** Resolves when all have their first result. */
    connect: (subscribers: readonly Subscriber[], { port }: BenchGateway) =>
      ask({ connect: subscribers, port }),
    /** The latencies of the next so many results, in milliseconds. */
    collect: async (count: number): Promise<readonly number[]> => {
      const told = await ask({ collect: count });
      return typeof told === 'object' && 'latencies' in told ? told.latencies : [];
    },
    disconnect: () => ask('disconnect'),
  };
};

export type Clients = ReturnType<typeof createClients>;
