import type { Client } from '@emporium/client';
import { afterEach, describe, expect, it } from 'vitest';
import { discardParked, replayParked, showParked } from './acts.ts';
import { showOutbox } from './looks.ts';
import { firstOf, momentOf, readArguments } from './read-arguments.ts';

const exitCode = process.exitCode;
afterEach(() => {
  process.exitCode = exitCode;
});

const options = readArguments(['--reason', 'a rehearsal']).values;
const outbox = { waiting: 0, oldestSeconds: null, lastPublishedAt: null, hasLeader: true };

/** A gateway that gives this of each subgraph; of those that it does not name nothing is known. */
const gatewayWith = (data: Record<string, unknown>) => {
  const asked: string[] = [];
  const client = {
    request: async (document: string) => {
      asked.push(document);
      return { data, errors: [] };
    },
  } as unknown as Client;
  return { client, asked };
};

describe('a subgraph that does not answer', () => {
  it('is missing from a list, whose exit code says so', async () => {
    const { client } = gatewayWith({ users: { outbox }, payments: null });
    const { json } = await showOutbox(client, options);
    expect(json).toEqual([{ subgraph: 'users', ...outbox }]);
    expect(process.exitCode).toBe(1);
  });

  it.each([
    ['shown', showParked],
    ['replayed', replayParked],
    ['discarded', discardParked],
  ] as const)('may have the message that is to be %s: nothing is done', async (_what, act) => {
    const { client, asked } = gatewayWith({
      users: { parkedMessages: { edges: [] } },
      products: { parkedMessages: { edges: [] } },
    });
    await expect(act(client, ['some'], options)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(asked.filter((document) => document.startsWith('mutation'))).toEqual([]);
  });
});

it('a message that no subgraph has is not found', async () => {
  const none = { parkedMessages: { edges: [] } };
  const { client } = gatewayWith({
    ...{ users: none, products: none, inventory: none, orders: none, payments: none },
  });
  await expect(discardParked(client, ['some'], options)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

it('a moment has its zone', () => {
  expect(momentOf('2026-01-31T09:30:00+01:00', 'since')).toBe('2026-01-31T08:30:00.000Z');
  for (const text of ['5', '5/1/2026', '2026-01-31', '2026-01-31T09:30:00', 'yesterday', undefined])
    expect(() => momentOf(text, 'since')).toThrow('--since');
});

it.each(['0', '101', 'x', '-1'])('a list cannot have %s', (first) => {
  expect(() => firstOf({ ...options, first })).toThrow('--first');
});
