import { connect } from 'nats';

type Outcome = 'confirmed' | 'failed';

/** Hears what becomes of each order, as another subgraph would; cheaper than a buyer's subscription. */
export const hearConfirmations = async (natsUrl: string) => {
  const { username, password, host } = new URL(natsUrl);
  const connection = await connect({
    servers: host,
    user: decodeURIComponent(username),
    pass: decodeURIComponent(password),
  });
  const heard = new Map<string, Outcome>();
  const waiting = new Map<string, () => void>();
  for (const outcome of ['confirmed', 'failed'] as const) {
    connection.subscribe(`emporium.orders.${outcome}.v1`, {
      callback: (_, message) => {
        const { payload } = message.json<{ payload: { orderId: string } }>();
        heard.set(payload.orderId, outcome);
        waiting.get(payload.orderId)?.();
        waiting.delete(payload.orderId);
      },
    });
  }
  await connection.flush();
  return {
    /** Resolves once the order is confirmed, which it may be already; throws when it fails. */
    confirmed: async (orderId: string): Promise<void> => {
      if (!heard.has(orderId)) await new Promise<void>((resolve) => waiting.set(orderId, resolve));
      if (heard.get(orderId) === 'failed') throw new Error(`order ${orderId} failed`);
    },
    close: () => connection.close(),
  };
};

export type Confirmations = Awaited<ReturnType<typeof hearConfirmations>>;
