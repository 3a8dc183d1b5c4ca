import { execFile } from 'node:child_process';
import path from 'node:path';
import { newDataKey } from '@emporium/encryption/testing';
import { postgresAdapter } from '@emporium/subgraph';
import { testDatabase } from '@emporium/testing';
import { v7 as newId } from 'uuid';
import { expect, it } from 'vitest';
import { PrismaClient } from './infrastructure/generated/client.ts';

const program = path.join(import.meta.dirname, '../dist/reseal.js');

const run = (url: string, keys: unknown) =>
  new Promise<{ code: number; out: string; err: string }>((resolve) => {
    const env = { USERS_DATABASE_URL: url, DATA_KEYS: JSON.stringify(keys) };
    const child = execFile(process.execPath, [program], { env }, (_, out, err) =>
      resolve({ code: child.exitCode ?? -1, out, err }),
    );
  });

it('is a command that says what it did, and exits with 1 when a key is missing', async () => {
  const { url } = await testDatabase('users');
  const prisma = new PrismaClient({ adapter: postgresAdapter(url, 'users', 1) });
  const mail = {
    id: newId(),
    userId: newId(),
    recipient: 'ada@example.org',
    template: 'X',
    data: { name: 'Ada' },
  };
  await prisma.mail.create({ data: mail });
  const [old, current] = [newDataKey('old'), newDataKey('current')];
  expect(await run(url, [old])).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^sealed anew: 1 rows .*key old\.\n$/s),
  });
  const refused = await run(url, [current]);
  expect(refused).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringContaining('mails: 1 rows: the key old is not known'),
  });
  expect(await run(url, [current, old])).toMatchObject({
    code: 0,
    out: expect.stringContaining('sealed anew: 1 rows'),
  });
  await prisma.$disconnect();
}, 120_000);
