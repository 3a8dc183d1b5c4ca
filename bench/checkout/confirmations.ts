import { connect } from 'nats';

const subject = 'emporium.orders.confirmed.v1';

/** Hears of each order that is confirmed, as another subgraph would; cheaper than a buyer's subscription. */
export const hearConfirmations = async (natsUrl: string) => {
  const { username, password, host } = new URL(natsUrl);
  const connection = await connect({
    servers: host,
    user: decodeURIComponent(username),
    pass: decodeURIComponent(password),
  });
  const heard = new Set<string>();
  const waiting = new Map<string, () => void>();
  connection.subscribe(subject, {
    callback: (_, message) => {
      const { payload } = message.json<{ payload: { orderId: string } }>();
      heard.add(payload.orderId);
      waiting.get(payload.orderId)?.();
      waiting.delete(payload.orderId);
    },
  });
  await connection.flush();
  return {
    count: () => heard.size,
    /** Resolves once the order is confirmed, which it may be already. */
    confirmed: (orderId: string): Promise<void> =>
      new Promise((resolve) => {
        if (heard.has(orderId)) resolve();
        else waiting.set(orderId, resolve);
      }),
    close: () => connection.close(),
  };
};

export type Confirmations = Awaited<ReturnType<typeof hearConfirmations>>;
