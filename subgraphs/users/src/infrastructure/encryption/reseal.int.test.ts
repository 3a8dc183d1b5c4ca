import { asId } from '@emporium/domain';
import { createSeal, type DataKey, reseal } from '@emporium/encryption';
import { newDataKey } from '@emporium/encryption/testing';
import { postgresAdapter } from '@emporium/subgraph';
import { testDatabase } from '@emporium/testing';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { normaliseEmail } from '../../domain/email.ts';
import { PrismaClient } from '../generated/client.ts';
import { openMail } from '../mail/mail-rows.ts';
import { transactWith } from '../prisma-ports.ts';
import { prismaProfileDirectory } from '../profile/prisma-profile-directory.ts';
import { sealedTables as tables } from './sealed-tables.ts';

let prisma: PrismaClient;
beforeAll(async () => {
  prisma = new PrismaClient({ adapter: postgresAdapter((await testDatabase('users')).url, 'users', 5) });
});
beforeEach(async () => {
  await prisma.mail.deleteMany();
  await prisma.address.deleteMany();
  await prisma.secondFactor.deleteMany();
});
afterAll(() => prisma.$disconnect());

const [old, current] = [newDataKey('old'), newDataKey('current')];
const said = {
  name: 'Ada',
  line1: '1 High Street',
  line2: null,
  city: 'Leeds',
  region: null,
  postalCode: 'LS1 1AA',
  country: 'GB',
  phone: null,
};
const data = { name: 'Ada', device: 'Firefox' };
const template = 'REFRESH_TOKEN_REUSED';

/** Somebody with one of everything, sealed with a key. */
const somebody = async (key: DataKey) => {
  const id = asId<'User'>(newId());
  const email = normaliseEmail(`${id}@example.org`);
  await transactWith(
    prisma,
    createSeal([key]),
    () => undefined,
  )(async ({ accounts, secondFactors, profile, mails }) => {
    await accounts.add({ id, email, name: 'Ada', roles: ['BUYER'], passwordHash: '$argon2id$' });
    await secondFactors.propose(id, 'JBSWY3DPEHPK3PXP');
    const flags = { isDefaultShipping: true, isDefaultBilling: true };
    await profile.addresses.add(id, { ...said, ...flags, id: newId() });
    await mails.send({ userId: id, recipient: email, template, data });
  });
  return id;
};

/** The same, as it was before anything was sealed. */
const somebodyOfBefore = async () => {
  const userId = await somebody(old);
  await prisma.secondFactor.update({ where: { userId }, data: { secret: 'JBSWY3DPEHPK3PXP' } });
  await prisma.address.updateMany({ where: { userId }, data: { ...said, sealed: null } });
  await prisma.$executeRaw`UPDATE mails SET sealed = NULL, data = ${JSON.stringify(data)}::jsonb WHERE user_id = ${userId}`;
  return userId;
};

/** Everything that there is, as it is stored. */
const stored = async () => ({
  secrets: await prisma.secondFactor.findMany({ orderBy: { userId: 'asc' } }),
  addresses: await prisma.address.findMany({ orderBy: { id: 'asc' } }),
  mails: await prisma.mail.findMany({ orderBy: { id: 'asc' } }),
});

/** What it says to who has this key and no other. */
const opened = async (id: string, key: DataKey) => {
  const seal = createSeal([key]);
  const mail = await prisma.mail.findFirstOrThrow({ where: { userId: id } });
  const factor = await transactWith(
    prisma,
    seal,
    () => undefined,
  )(({ secondFactors }) => secondFactors.find(asId<'User'>(id)));
  const [[address] = []] = await prismaProfileDirectory(prisma, seal).findAddresses([id]);
  return { secret: factor?.secret, address, mail: openMail(seal, mail) };
};
const everything = { secret: 'JBSWY3DPEHPK3PXP', address: said, mail: data };

it('seals with the first key what is under another, or not sealed', async () => {
  const people = [await somebody(old), await somebodyOfBefore(), await somebody(current)];
  const counts: number[] = [];
  let total = 0;
  const done = await reseal({
    prisma,
    tables,
    keys: [current, old],
    begun: (count) => {
      total = count;
    },
    advanced: (by) => counts.push(by),
  });
  expect(done).toEqual({ sealed: 6, unreadable: [], left: 0 });
  expect([total, counts.reduce((sum, by) => sum + by)]).toEqual([6, 6]);
  for (const id of people) expect(await opened(id, current)).toMatchObject(everything);
  expect(JSON.stringify(await stored())).not.toMatch(/JBSWY|High Street|Firefox|s1\.old/);
});

it('goes on where it was, and does nothing once all is done', async () => {
  await somebody(old);
  await reseal({ prisma, tables, keys: [current, old] });
  const before = await stored();
  expect(await reseal({ prisma, tables, keys: [current, old] })).toEqual({
    sealed: 0,
    unreadable: [],
    left: 0,
  });
  // The old key can go.
  expect(await reseal({ prisma, tables, keys: [current] })).toMatchObject({ sealed: 0 });
  expect(await stored()).toEqual(before);
});

it('walks through more rows than it takes at a time', async () => {
  const userId = await somebody(old);
  const rows = Array.from({ length: 450 }, () => ({ ...said, id: newId(), userId }));
  await prisma.address.createMany({ data: rows });
  expect(await reseal({ prisma, tables, keys: [current, old] })).toEqual({
    sealed: 453,
    unreadable: [],
    left: 0,
  });
  expect(await prisma.address.count({ where: { sealed: { startsWith: 's1.current.' } } })).toBe(451);
});

it.each([
  ['is missing', [current], 'the key old is not known'],
  ['is another of the same name', [current, newDataKey('old')], 'the key old does not open them'],
  ['that seals is another of the same name', [newDataKey('current'), old], 'the key current does not open'],
])('refuses when a key %s, and changes nothing', async (_, keys, reason) => {
  await somebody(current);
  await somebody(old);
  await somebodyOfBefore();
  const before = await stored();
  await expect(reseal({ prisma, tables, keys })).rejects.toThrow(reason);
  expect(await stored()).toEqual(before);
});

it('leaves a row that cannot be opened, names it, and seals the others', async () => {
  const [eve, ada] = [await somebody(old), await somebody(old)];
  const { sealed } = await prisma.address.findFirstOrThrow({ where: { userId: ada } });
  const { id } = await prisma.address.findFirstOrThrow({ where: { userId: eve } });
  await prisma.address.update({ where: { id }, data: { sealed } });
  expect(await reseal({ prisma, tables, keys: [current, old] })).toEqual({
    sealed: 5,
    unreadable: [`addresses/${id}`],
    left: 0,
  });
  expect((await prisma.address.findUniqueOrThrow({ where: { id } })).sealed).toBe(sealed);
});

it('never undoes what the service changes meanwhile', async () => {
  const userId = await somebodyOfBefore();
  await prisma.address.createMany({
    data: Array.from({ length: 300 }, () => ({ ...said, id: newId(), userId })),
  });
  const ids = (await prisma.address.findMany({ where: { userId } })).map(({ id }) => id);
  const service = transactWith(prisma, createSeal([current, old]), () => undefined);
  const move = (id: string) =>
    service(({ profile }) => profile.addresses.change(userId, id, { ...said, city: 'York' }));
  const moving = (async () => {
    for (const id of ids) await move(id);
  })();
  const done = await reseal({ prisma, tables, keys: [current, old] });
  await moving;
  expect(done.unreadable).toEqual([]);
  const [book = []] = await prismaProfileDirectory(prisma, createSeal([current])).findAddresses([userId]);
  expect(book).toHaveLength(301);
  expect(new Set(book.map(({ city }) => city))).toEqual(new Set(['York']));
});
