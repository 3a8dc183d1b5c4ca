import { randomUUID } from 'node:crypto';
import { asId } from '@emporium/domain';
import { type Journal, topUp } from '../../subgraphs/payments/src/domain/journal.ts';

export type Scenario = { readonly name: string; readonly next: () => Journal };

const amount = { minor: 500n, currency: 'GBP' };
const accounts = 1000;
const any = (): number => Math.floor(Math.random() * accounts);

const into = (owner: string): Journal => topUp(asId(owner), asId(randomUUID()), amount);

/** The same journal between other accounts. */
const renamed = (journal: Journal, rename: (id: string) => string, shared: boolean): Journal => ({
  ...journal,
  entries: journal.entries.map((entry) => ({
    ...entry,
    account: { ...entry.account, id: rename(entry.account.id), shared },
  })),
});

/** Two entries each: from one of the provider's accounts into a wallet. */
export const scenarios: readonly Scenario[] = [
  {
    name: 'spread over 1,000 accounts on either side',
    next: () =>
      renamed(into(`user-${any()}`), (id) => (id.startsWith('provider') ? `${id}-${any()}` : id), true),
  },
  { name: 'into one hot wallet, from one account', next: () => into('hot') },
  {
    name: 'the same, if each moved the row itself',
    next: () => renamed(into('hot'), (id) => `row-${id}`, false),
  },
];
