import { asId, type Id, type Instant } from '@emporium/domain';
import { newSeal } from '@emporium/encryption/testing';
import { postgresAdapter } from '@emporium/subgraph';
import { eventually, testDatabase } from '@emporium/testing';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nowhere } from '../application/origin.ts';
import type { Ports } from '../application/ports.ts';
import { normaliseEmail } from '../domain/email.ts';
import type { Seller } from '../domain/seller.ts';
import { PrismaClient } from './generated/client.ts';
import { transactWith } from './prisma-ports.ts';
import { refreshSecrets } from './refresh-secrets.ts';

let prisma: PrismaClient;
beforeAll(async () => {
  prisma = new PrismaClient({ adapter: postgresAdapter((await testDatabase('users')).url, 'users', 5) });
});
afterAll(() => prisma.$disconnect());

const seal = newSeal();
const transact = <T>(work: (ports: Ports) => Promise<T>) =>
  transactWith(prisma, seal, () => undefined)(work);

/** A user with a session that has one fresh token. */
const somebody = async () => {
  const id = asId<'User'>(newId());
  const sessionId = asId<'Session'>(newId());
  const fingerprint = refreshSecrets.fingerprint(id);
  await transact(async ({ accounts, sessions }) => {
    const email = normaliseEmail(`${id}@example.org`);
    await accounts.add({ id, email, name: 'Ada', roles: ['BUYER'], passwordHash: '$argon2id$' });
    await sessions.start({ id: sessionId, userId: id, fingerprint, origin: nowhere, methods: ['pwd'] });
  });
  return { id, sessionId, fingerprint };
};

const shopOf = (id: Id<'User'>, appliedAt: Instant): Seller => ({
  id,
  displayName: 'Shop',
  status: 'ACTIVE',
  reason: null,
  appliedAt,
  version: 0,
});

const someoneWaits = async () => {
  const waiting = await prisma.$queryRaw<unknown[]>`SELECT 1 FROM pg_locks WHERE NOT granted`;
  return waiting.length > 0;
};

/**
 * Two transactions at once: the second begins while the first is open, and the first changes something only after the
 * second has read or waits. Answers what the second read.
 */
const overlapping = async <T>(
  read: (ports: Ports) => Promise<T>,
  change: (ports: Ports) => Promise<unknown>,
): Promise<T> => {
  let second: Promise<T> | undefined;
  await transact(async (ports) => {
    await read(ports);
    let hasRead = false;
    second = transact(async (others) => {
      const answer = await read(others);
      hasRead = true;
      return answer;
    });
    await eventually(async () => hasRead || (await someoneWaits()), { timeout: 4_000 });
    await change(ports);
  });
  if (!second) throw new Error('the second never began');
  return second;
};

describe('two at once', () => {
  it('never both find a refresh token unused', async () => {
    const { fingerprint, sessionId } = await somebody();
    const next = refreshSecrets.fingerprint(newId());
    const seen = await overlapping(
      ({ sessions }) => sessions.lockToken(fingerprint),
      ({ sessions }) => sessions.rotate(sessionId, { used: fingerprint, next, by: null, salt: 'salt' }),
    );
    expect(seen).toMatchObject({
      session: { id: sessionId },
      use: { salt: 'salt', by: null },
      isRevoked: false,
    });
  });

  it('never both find a session alive that one of them ends', async () => {
    const { fingerprint, sessionId } = await somebody();
    const seen = await overlapping(
      ({ sessions }) => sessions.lockToken(fingerprint),
      ({ sessions }) => sessions.revoke(sessionId),
    );
    expect(seen).toMatchObject({ isRevoked: true });
  });

  it('change a user one after the other', async () => {
    const { id } = await somebody();
    const seen = await overlapping(
      ({ accounts }) => accounts.lock(id),
      ({ accounts }) => accounts.grant(id, 'SELLER'),
    );
    expect(seen?.roles).toEqual(['BUYER', 'SELLER']);
  });
});

describe('a transaction', () => {
  it('that throws leaves nothing behind, and wakes nobody', async () => {
    const { id } = await somebody();
    const woken: string[] = [];
    const opening = transactWith(prisma, seal, () => woken.push('after'))(async ({ sellers, now }) => {
      await sellers.save(shopOf(id, await now()), await now());
      throw new Error('too late');
    });
    await expect(opening).rejects.toThrow('too late');
    expect(await prisma.outboxMessage.count({ where: { aggregateId: id } })).toBe(0);
    expect(woken).toEqual([]);
  });

  it('wakes the relay after it commits, if there is something to send', async () => {
    const { id } = await somebody();
    const woken: string[] = [];
    const waking = transactWith(prisma, seal, () => woken.push('after'));
    await waking(({ accounts }) => accounts.find(id));
    expect(woken).toEqual([]);
    await waking(async ({ sellers, now }) => sellers.save(shopOf(id, await now()), await now()));
    expect(woken).toEqual(['after']);
  });
});

describe('the tables', () => {
  it.each([
    ['an e-mail in capitals', { email: 'ADA@EXAMPLE.ORG' }],
    ['a role that nobody knows', { roles: ['ROOT'] }],
    ['no name', { name: ' ' }],
  ])('refuse %s', async (_what, wrong) => {
    const data = { id: newId(), email: `${newId()}@example.org`, name: 'Ada', roles: ['BUYER'], ...wrong };
    await expect(prisma.user.create({ data })).rejects.toThrow();
  });

  it('refuse a password that is not hashed', async () => {
    const { id } = await somebody();
    await expect(
      prisma.credential.update({ where: { userId: id }, data: { passwordHash: 'hunter2' } }),
    ).rejects.toThrow();
  });
});
