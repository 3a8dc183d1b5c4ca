import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { eventually } from '@emporium/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.ts';

let echo: Server;
let proxy: TcpProxy;
let client: Socket;
beforeEach(async () => {
  echo = createServer((socket) => socket.on('error', () => undefined).pipe(socket)).listen(0, '127.0.0.1');
  await once(echo, 'listening');
  const address = echo.address();
  proxy = await startTcpProxy({ host: '127.0.0.1', port: (address as { port: number }).port });
  client = connect(proxy.port, '127.0.0.1').on('error', () => undefined);
  await once(client, 'connect');
  client.write('a');
  await once(client, 'data');
});
afterEach(async () => {
  client.destroy();
  await proxy.close();
  echo.close();
});

describe('a network', () => {
  it('that is cut is not met by whoever is connected and says nothing', () => {
    proxy.become('cut');
    expect(proxy.isMet()).toBe(false);
  });

  it('that is cut is met by what is said over it, which is lost with its connection', async () => {
    proxy.become('cut');
    const ended = once(client, 'close');
    client.write('b');
    await eventually(() => proxy.isMet());
    proxy.become('open');
    await ended;
  });

  it('that is cut is met by whoever connects, and hears nothing', async () => {
    proxy.become('cut');
    const other = connect(proxy.port, '127.0.0.1').on('error', () => undefined);
    await eventually(() => proxy.isMet());
    other.destroy();
  });

  it('that is slow says it later', async () => {
    proxy.become({ slowMs: 60 });
    const since = performance.now();
    client.write('c');
    const [heard] = await once(client, 'data');
    expect(String(heard)).toBe('c');
    expect(performance.now() - since).toBeGreaterThan(110);
    expect(proxy.isMet()).toBe(true);
  });
});
