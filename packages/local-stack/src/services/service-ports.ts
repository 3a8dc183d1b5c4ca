import { forEachSubgraph, type SubgraphName, subgraphNames } from '@emporium/database';
import type { Environment } from '../environment.ts';
import { freePort, isPortFree } from '../processes/free-port.ts';
import { portHolder } from '../processes/port-holder.ts';
import { StackError } from '../stack-error.ts';

/** The port of each service. The card provider is nobody's but payments': any port does, but for the page on which it asks a card's owner. */
export type ServicePorts = Record<SubgraphName | 'gateway' | 'card-sandbox', number>;

const fixed = { gateway: 4000, users: 4001, products: 4002, inventory: 4003, orders: 4004, payments: 4005 };

/** Unless somebody has it: then what waits for a card's owner is asked about at another address than they were told. */
const sandboxPort = 4010;

const portFrom = (env: Environment, name: keyof typeof fixed): number => {
  const variable = `${name.toUpperCase()}_PORT`;
  const text = env[variable];
  if (!text) return fixed[name];
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new StackError(`${variable} must be a port between 1 and 65535, not ${text}.`);
};

/** 4000 to 4005, or what `GATEWAY_PORT`, `USERS_PORT` and so on say. */
export const fixedPorts = async (env: Environment): Promise<ServicePorts> => {
  const ports = {
    ...forEachSubgraph((name) => portFrom(env, name)),
    gateway: portFrom(env, 'gateway'),
  };
  refuseSharedPorts(ports);
  const isFree = await isPortFree(sandboxPort);
  return { ...ports, 'card-sandbox': isFree ? sandboxPort : await freePort() };
};

const refuseSharedPorts = (ports: Readonly<Record<string, number>>): void => {
  const holders = new Map<number, string>();
  for (const [name, port] of Object.entries(ports)) {
    const other = holders.get(port);
    if (other !== undefined)
      throw new StackError(
        `Port ${port} is asked for by both ${other} and ${name}. Give ${name} another: ${name.toUpperCase()}_PORT=… npm start`,
      );
    holders.set(port, name);
  }
};

/** Ports that are free now, for stacks beside others. */
export const freePorts = async (): Promise<ServicePorts> => {
  const names = ['gateway', 'card-sandbox', ...subgraphNames] as const;
  const taken = new Set<number>();
  while (taken.size < names.length) taken.add(await freePort());
  const ports = [...taken];
  return Object.fromEntries(names.map((name, index) => [name, ports[index]])) as ServicePorts;
};

/** @throws StackError that names the first busy port, who holds it, and what to do. */
export const refuseBusyPorts = async (ports: ServicePorts): Promise<void> => {
  for (const [name, port] of Object.entries(ports)) {
    if (await isPortFree(port)) continue;
    const holder = portHolder(port);
    const who = holder === undefined ? 'another program' : `process ${holder.pid} (${holder.command})`;
    const variable = `${name.toUpperCase().replace('-', '_')}_PORT`;
    throw new StackError(
      `Port ${port}, which ${name} needs, is taken by ${who}. Stop that, or choose another: ${variable}=… npm start`,
    );
  }
};
