import { adjustStock } from '../../../subgraphs/inventory/src/application/adjust-stock.ts';
import type { Ports } from '../../../subgraphs/inventory/src/application/ports.ts';
import { subscribers } from '../../../subgraphs/inventory/src/application/subscribers.ts';
import { notSimulated } from '../store/not-simulated.ts';
import { inventoryPorts } from './inventory/inventory-ports.ts';
import { createInventoryTables } from './inventory/inventory-tables.ts';
import { createSubgraph, type World } from './subgraph.ts';

/** Inventory: its own application over tables in memory. */
export const createInventory = (world: World) => {
  const tables = createInventoryTables();
  const {
    weather: { scheduler },
    seams,
  } = world;
  const subgraph = createSubgraph(world, {
    name: 'inventory',
    subscribers: seams.inventoryHears(subscribers),
    attempts: 5,
    ports: (within): Ports => seams.inventory(inventoryPorts({ ...within, tables, scheduler, seams })),
    boot: ({ transact }) => ({
      adjustStock: adjustStock((work) => transact((ports) => work(ports, notSimulated('SQL')))),
    }),
  });
  return { ...subgraph, tables };
};
