import { consumerName, handleAgain } from '@emporium/messaging/parts';
import type { Process } from '../../kernel/process.ts';
import { sellerId } from '../../shop/ids.ts';
import type { Shop } from '../../shop/world.ts';
import { type Acting, type Acts, nothing } from './acting.ts';
import { openDisputeOf } from './buyers.ts';

/** What administrators decide, and replay. */
export const actsOfAdministrators = (
  acting: Acting,
): Acts<'SUSPEND' | 'REINSTATE' | 'DECIDE_DISPUTE' | 'REPLAY'> => {
  const { shop, ask } = acting;
  const oversee = (id: string, seller: number, command: Parameters<Oversee>[1]) => {
    const by = { id: 'admin', origin: { address: null, userAgent: null }, roles: ['ADMIN'] } as never;
    return ask(id, shop.users, (app) => app.overseeSeller(sellerId(seller), command, by));
  };
  return {
    SUSPEND: ({ id, seller }) => oversee(id, seller, { type: 'Suspend', reason: 'R' }),
    REINSTATE: ({ id, seller }) => oversee(id, seller, { type: 'Reinstate' }),
    DECIDE_DISPUTE: ({ id, of, inFavourOf }) => {
      const dispute = openDisputeOf(acting, of);
      if (!dispute) return nothing;
      const decision = inFavourOf === 'BUYER' ? { inFavourOf, refund: null } : { inFavourOf };
      return ask(id, shop.payments, (app) =>
        app.decideDispute({ userId: 'admin', disputeId: dispute.id, ...decision }),
      );
    },
    REPLAY: async ({ id }) => {
      for (const subgraph of shop.all as readonly AnySubgraph[]) {
        for (const key of openIn(subgraph)) {
          const reach = (place: string) => {
            const { process } = subgraph.reach(place);
            return { process, app: process };
          };
          await ask(`${id} ${key}`, { reach }, (process) =>
            replay(subgraph, process, key).catch(() => undefined),
          );
        }
      }
      return null;
    },
  };
};

type Oversee = ReturnType<Shop['users']['reach']>['app']['overseeSeller'];

/** One will do for all: what differs is which ports its handlers get, and they get their own. */
type AnySubgraph = Shop['orders'];

const openIn = ({ messages }: AnySubgraph): readonly string[] =>
  [...messages.parked.committed].filter(([, { resolution }]) => resolution === null).map(([key]) => key);

/** As messaging's own: the handler again, and the mark, in one transaction. */
const replay = (subgraph: AnySubgraph, process: Process, key: string): Promise<void> =>
  subgraph.transact(process, async (ports, tx) => {
    const { parked } = subgraph.messages;
    await tx.lock(`parked ${key}`);
    const row = tx.read(parked, key);
    const subscriber = subgraph.subscribers.find(
      ({ event }) => consumerName(subgraph.name, event) === row?.consumer,
    );
    if (!row || row.resolution !== null || !subscriber) return;
    await tx.put(parked, key, { ...row, resolution: 'REPLAYED' });
    await handleAgain(ports, subscriber, { subject: row.subject, envelope: row.envelope });
  });
