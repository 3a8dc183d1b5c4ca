// A Redis in JavaScript, as a process of its own: node js-redis.mjs <port> <mark>, with the password in REDIS_PASSWORD.
import { Server } from 'node:net';
import { createRedisServer } from 'js-redis-server';

// The package listens on every interface; a development server belongs on loopback. And it has the kernel hold an answer back
// until the one before was acknowledged, which takes a client 40 ms; Redis itself does not.
const { listen } = Server.prototype;
Server.prototype.listen = function listenOnLoopback(port, ...rest) {
  this.on('connection', (socket) => socket.setNoDelay(true));
  return listen.call(this, { port, host: '127.0.0.1' }, ...rest);
};

const { state, close } = await createRedisServer({ port: Number(process.argv[2]) });
state.requirepass = process.env.REDIS_PASSWORD;
for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => close().then(() => process.exit(0)));
