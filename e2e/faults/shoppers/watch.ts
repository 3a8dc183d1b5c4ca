import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@emporium/client';

/** What the subscriber of an order was told, in the order of telling. */
export type Shown = { readonly sequence: number; readonly status: string };

const follow = /* GraphQL */ `
  subscription ($orderId: ID!, $afterSequence: Int) {
    orderStatusChanged(orderId: $orderId, afterSequence: $afterSequence) { sequence status }
  }
`;

/** Where a purchase has come to its end, for a buyer who watches whether it succeeds. */
export const isSettled = (status: string | undefined): boolean =>
  status !== undefined && status !== 'PENDING' && status !== 'RESERVED';

/**
 * Watches an order until it is settled, over as many connections as it takes; each goes on after what the last was told.
 * `shown` grows as it goes. Ends early when the signal says so.
 */
export const watchOrder = async (
  buyer: Client,
  orderId: string,
  shown: Shown[],
  signal: AbortSignal,
): Promise<void> => {
  /** Read again whenever the client makes a lost connection anew by itself. */
  const variables = {
    orderId,
    get afterSequence() {
      return shown.at(-1)?.sequence ?? null;
    },
  };
  while (!signal.aborted && !isSettled(shown.at(-1)?.status)) {
    try {
      const events = buyer.subscribe<{ orderStatusChanged: Shown }>(follow, variables);
      const leave = () => void events.return?.();
      signal.addEventListener('abort', leave, { once: true });
      for await (const { data } of events) {
        if (!data?.orderStatusChanged) break;
        shown.push(data.orderStatusChanged);
        if (isSettled(data.orderStatusChanged.status)) break;
      }
      signal.removeEventListener('abort', leave);
    } catch {
      // the gateway is away
    }
    await delay(200, undefined, { signal }).catch(() => undefined);
  }
};
