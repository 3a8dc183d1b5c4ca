import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { fixedPorts, freePorts, refuseBusyPorts } from './service-ports.ts';

describe('ports', () => {
  it('are 4000 to 4005 unless the environment says otherwise', async () => {
    expect(await fixedPorts({ ORDERS_PORT: '5004' })).toMatchObject({
      gateway: 4000,
      users: 4001,
      orders: 5004,
    });
    await expect(fixedPorts({ ORDERS_PORT: 'many' })).rejects.toThrow('ORDERS_PORT must be a port');
    await expect(fixedPorts({ GATEWAY_PORT: '4001' })).rejects.toThrow('by both users and gateway');
  });

  it('that are busy are refused in one line that names the port and its holder', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const refused = refuseBusyPorts({ ...(await freePorts()), orders: port });
    await expect(refused).rejects.toThrow(
      new RegExp(`^Port ${port}, which orders needs, is taken by process ${process.pid} `),
    );
    await expect(refused).rejects.not.toThrow('\n');
    server.close();
  });
});
