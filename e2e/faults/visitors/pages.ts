/** What a visitor is shown while a subgraph is away: whatever is not its own. */
import type { Violation } from '@emporium/audit';
import type { Client } from '@emporium/client';
import type { SubgraphName } from '@emporium/database';
import { readOrder } from '../../graph/operations.ts';
import { isPartOf } from './is-part-of.ts';

/** Somebody with an order that was paid for, and what they see of it. */
export type Visitor = { readonly client: Client; readonly orderId: string };

/** What visitors are called, and what they buy. */
export const visitorName = 'Ada';
export const articleTitle = 'Oak board';

const account = '{ me { name orders { edges { cursor } } wallet { balance { amount } } } }';

/** The page to open while a subgraph is away, and what is on it all the same. */
const pages: Record<SubgraphName, { readonly document: string; readonly shows: object }> = {
  users: {
    document: readOrder,
    shows: {
      order: {
        buyer: null,
        shipments: [{ status: 'PENDING', seller: null }],
        payment: { status: 'CAPTURED' },
      },
    },
  },
  products: {
    document: readOrder,
    shows: {
      order: {
        buyer: { name: visitorName },
        lines: [{ quantity: 1, title: articleTitle }],
        payment: { status: 'CAPTURED' },
      },
    },
  },
  inventory: {
    document: readOrder,
    shows: {
      order: {
        lines: [{ variant: { product: { title: articleTitle }, availability: null } }],
        payment: { status: 'CAPTURED' },
      },
    },
  },
  payments: {
    document: readOrder,
    shows: {
      order: {
        buyer: { name: visitorName },
        payment: null,
        lines: [{ variant: { product: { title: articleTitle } } }],
      },
    },
  },
  orders: {
    document: account,
    shows: { me: { name: visitorName, orders: null, wallet: { balance: { amount: '0.00' } } } },
  },
};

/** Opens the page; answers what is not as it should be on it: the others' part is missing, or nobody is told what is. */
export const openPageWithout =
  (away: SubgraphName) =>
  async ({ client, orderId }: Visitor): Promise<readonly Violation[]> => {
    const { document, shows } = pages[away];
    const { data, errors } = await client.request<object>(document, { id: orderId });
    const said = JSON.stringify(errors);
    return [
      ...(isPartOf(shows, data)
        ? []
        : [{ rule: 'what is not broken is still shown', rows: [{ shown: data, said }] }]),
      ...(errors.length > 0 ? [] : [{ rule: 'what is missing is said to be', rows: [{ shown: data }] }]),
      ...(/127\.0\.0\.1|ECONNREFUSED/.test(said)
        ? [{ rule: 'no error tells what is behind the gateway', rows: [{ said }] }]
        : []),
    ];
  };
