/** One WebSocket that is not made again when it is lost, so that a test sees with which code it was closed. */
import { WebSocket } from 'ws';

type Message = { readonly type: string; readonly payload?: unknown };

export const openSocket = (url: string, token: string | null) => {
  const socket = new WebSocket(url.replace(/^http/, 'ws'), 'graphql-transport-ws');
  const send = (message: object) => socket.send(JSON.stringify(message));
  const closed = new Promise<number>((resolve) => {
    socket.on('close', resolve);
  });
  const heard = (type: string) =>
    new Promise<unknown>((resolve, reject) => {
      socket.on('message', (text) => {
        const message = JSON.parse(String(text)) as Message;
        if (message.type === type) resolve(message.payload);
      });
      socket.on('close', (code) => reject(new Error(`closed with ${code} before ${type}`)));
    });
  return {
    /** The code with which the gateway closed it. */
    closed,
    isOpen: () => socket.readyState === WebSocket.OPEN,
    close: () => socket.close(),
    /** Resolves with the first event. */
    subscribe: async (query: string, variables: object): Promise<unknown> => {
      const acknowledged = heard('connection_ack');
      socket.on('open', () =>
        send({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } }),
      );
      await acknowledged;
      const event = heard('next');
      send({ id: '1', type: 'subscribe', payload: { query, variables } });
      return event;
    },
  };
};
