import { type SubgraphName, subgraphNames } from '@emporium/database';
import type { Graph } from '@emporium/local-stack';
import { type Network, startTcpProxy, type TcpProxy } from './tcp-proxy.ts';

/** A network between two parts, such as `orders-postgres`, `gateway-orders` or `all-redis`. */
export type Wire =
  | `${SubgraphName}-${'postgres' | 'nats'}`
  | `gateway-${SubgraphName | 'nats'}`
  | 'payments-card-sandbox'
  | 'all-redis';

type Parts = Graph['parts'];

/** Every connection of the services to their servers and to each other, each over a proxy of its own. */
export type Wires = {
  /** Where services are to look for their servers instead. */
  betweenServers(parts: Parts): Promise<Parts>;
  /** What those services that ask others are to be told. */
  betweenServices(urls: Graph['urls']): Promise<Record<'gateway' | 'payments', Record<string, string>>>;
  become(wire: Wire, network: Network): void;
  /** Whether anybody has said anything over it, or tried to connect, since it last became what it is. */
  isMet(wire: Wire): boolean;
  close(): Promise<void>;
};

export const createWires = (): Wires => {
  const proxies = new Map<Wire, TcpProxy>();

  const proxyOf = (wire: Wire): TcpProxy => {
    const proxy = proxies.get(wire);
    if (!proxy) throw new Error(`There is no wire ${wire}: ${[...proxies.keys()].join(', ')}.`);
    return proxy;
  };
  const over = async (wire: Wire, url: string): Promise<string> => {
    const reached = new URL(url);
    const proxy = await startTcpProxy({ host: reached.hostname, port: Number(reached.port) });
    proxies.set(wire, proxy);
    reached.port = String(proxy.port);
    return reached.toString();
  };
  const betweenServers = async ({ database, nats, redis }: Parts): Promise<Parts> => {
    const runtime = { ...database.runtime };
    const brokers = { ...nats, gateway: await over('gateway-nats', nats.gateway) };
    for (const name of subgraphNames) {
      runtime[name] = await over(`${name}-postgres`, runtime[name]);
      brokers[name] = await over(`${name}-nats`, nats[name]);
    }
    return { database: { ...database, runtime }, nats: brokers, redis: await over('all-redis', redis) };
  };

  const betweenServices: Wires['betweenServices'] = async (urls) => {
    const gateway: Record<string, string> = {};
    for (const name of subgraphNames)
      gateway[`SUBGRAPH_URL_${name.toUpperCase()}`] = await over(
        `gateway-${name}`,
        `${urls[name]}/graphql`,
      );
    const CARD_PROVIDER_URL = await over('payments-card-sandbox', urls['card-sandbox']);
    return { gateway, payments: { CARD_PROVIDER_URL } };
  };

  return {
    betweenServers,
    betweenServices,
    become: (wire, network) => proxyOf(wire).become(network),
    isMet: (wire) => proxyOf(wire).isMet(),
    close: async () => {
      await Promise.all([...proxies.values()].map((proxy) => proxy.close()));
    },
  };
};
