import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { Buyer } from './buyers.ts';

const follow = /* GraphQL */ `
  subscription ($orderId: ID!) { orderStatusChanged(orderId: $orderId, afterSequence: 0) { sequence status } }
`;

type Item = { readonly data?: { readonly orderStatusChanged: { readonly status: string } } | null };

/** A buyer's open socket. */
export type Watcher = {
  readonly buyer: Buyer;
  /** Resolves when the buyer sees the order confirmed; throws when it ends in another way. */
  sees(orderId: string): Promise<void>;
  close(): Promise<void>;
};

export const openWatcher = async (gatewayUrl: string, buyer: Buyer): Promise<Watcher> => {
  const client = await new Promise<Client>((resolve, reject) => {
    const opening = createClient({
      url: `${gatewayUrl.replace(/^http/, 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      lazy: false,
      retryAttempts: 0,
      onNonLazyError: reject,
      on: { connected: () => resolve(opening) },
      connectionParams: { authorization: `Bearer ${buyer.token}` },
    });
  });
  return {
    buyer,
    sees: (orderId) =>
      new Promise((resolve, reject) => {
        const end = client.subscribe(
          { query: follow, variables: { orderId } },
          {
            next: ({ data }: Item) => {
              if (data?.orderStatusChanged.status !== 'CONFIRMED') return;
              resolve();
              end();
            },
            error: reject,
            complete: () => reject(new Error(`order ${orderId} was never confirmed`)),
          },
        );
      }),
    close: async () => {
      await client.dispose();
    },
  };
};
