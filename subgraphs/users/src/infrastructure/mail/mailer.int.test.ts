import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { asId } from '@emporium/domain';
import { newSeal } from '@emporium/encryption/testing';
import { freePort } from '@emporium/local-stack';
import { createLogger, postgresAdapter } from '@emporium/subgraph';
import { eventually, testDatabase } from '@emporium/testing';
import { SMTPServer } from 'smtp-server';
import { v7 as newId } from 'uuid';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { PrismaClient } from '../generated/client.ts';
import { transactWith } from '../prisma-ports.ts';
import { type Mailer, startMailer } from './mailer.ts';
import type { MayWrite } from './notice-limit.ts';
import { openPostOffice } from './post-office.ts';

const seal = newSeal();
let prisma: PrismaClient;
beforeAll(async () => {
  prisma = new PrismaClient({ adapter: postgresAdapter((await testDatabase('users')).url, 'users', 5) });
});
afterAll(() => prisma.$disconnect());

let server: SMTPServer;
let smtpUrl: string;
let received: string[];
let refusals: number;
let mailer: Mailer | undefined;

beforeEach(async () => {
  received = [];
  refusals = 0;
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData: (stream, _session, done) => {
      let text = '';
      stream.on('data', (chunk) => {
        text += chunk;
      });
      stream.on('end', () => {
        if (refusals > 0) {
          refusals -= 1;
          done(new Error('not now'));
          return;
        }
        received.push(text);
        done();
      });
    },
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  smtpUrl = `smtp://127.0.0.1:${port}`;
});
afterEach(async () => {
  await mailer?.stop();
  mailer = undefined;
  await prisma.mail.deleteMany();
  await new Promise<void>((resolve) => server.close(() => resolve()));
});

const start = (
  options: { smtpUrl: string | null; folder?: string },
  mayWrite: MayWrite = async () => true,
): Mailer => {
  const postOffice = openPostOffice({ folder: '', from: 'Emporium <no-reply@emporium.test>', ...options });
  mailer = startMailer({
    prisma,
    seal,
    postOffice,
    mayWrite,
    support: null,
    logger: createLogger('users', 'silent'),
    pollMs: 60_000,
  });
  return mailer;
};

const send = (name: string, wake: () => void = () => undefined) =>
  transactWith(
    prisma,
    seal,
    () => undefined,
    wake,
  )(({ mails }) =>
    mails.send({
      userId: asId<'User'>(newId()),
      recipient: 'ada@example.org',
      template: 'REFRESH_TOKEN_REUSED',
      data: { name, device: 'Firefox' },
    }),
  );

it('sends mail once its transaction is committed, and keeps nothing of it', async () => {
  const { wake } = start({ smtpUrl });
  await send('Ada', wake);
  await eventually(async () => received.length === 1 && (await prisma.mail.count()) === 0);
  expect(received[0]).toContain('To: ada@example.org');
  expect(received[0]).toContain('Hello Ada');
});

it('keeps what a mail says sealed until it is sent, for its own row', async () => {
  await send('Ada');
  await send('Eve');
  const [ada, eve] = await prisma.mail.findMany({ orderBy: { id: 'asc' } });
  expect(JSON.stringify([ada, eve])).not.toMatch(/Ada|Eve|Firefox/);
  await prisma.mail.update({ where: { id: eve?.id ?? '' }, data: { sealed: ada?.sealed ?? '' } });
  start({ smtpUrl });
  await eventually(async () => received.length === 1 && (await prisma.mail.count()) === 1);
  expect(received[0]).toContain('Hello Ada');
});

it('sends what was queued before mails were sealed', async () => {
  const mail = {
    id: newId(),
    userId: newId(),
    recipient: 'ada@example.org',
    template: 'REFRESH_TOKEN_REUSED',
  };
  await prisma.mail.create({ data: { ...mail, data: { name: 'Ada', device: 'Firefox' } } });
  start({ smtpUrl });
  await eventually(() => received.length === 1);
  expect(received[0]).toContain('Hello Ada');
});

it('sends no mail of a transaction that was not', async () => {
  const { wake } = start({ smtpUrl });
  const failing = transactWith(
    prisma,
    seal,
    () => undefined,
    wake,
  )(async ({ mails }) => {
    const data = { name: 'Eve', device: null };
    await mails.send({
      userId: asId<'User'>(newId()),
      recipient: 'e@x.org',
      template: 'REFRESH_TOKEN_REUSED',
      data,
    });
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  await send('Ada', wake);
  await eventually(() => received.length === 1);
  expect(received[0]).toContain('Hello Ada');
});

/** The refusal is written down: taken, a mail is put off for a minute; refused, for less. */
const refusedOnce = () => {
  const soon = new Date(Date.now() + 30_000);
  return eventually(
    async () => (await prisma.mail.count({ where: { attempts: 1, dueAt: { lt: soon } } })) === 1,
  );
};

it('tries again what was refused, later', async () => {
  refusals = 1;
  const { wake } = start({ smtpUrl });
  await send('Ada', wake);
  await eventually(() => refusals === 0);
  await refusedOnce();
  await prisma.$executeRaw`UPDATE mails SET due_at = now()`;
  wake();
  await eventually(() => received.length === 1);
});

it('sends each mail once, however many mailers there are', async () => {
  for (let count = 0; count < 25; count += 1) await send(`N${count}`);
  const first = start({ smtpUrl });
  const second = start({ smtpUrl });
  await eventually(async () => (await prisma.mail.count()) === 0);
  await first.stop();
  await second.stop();
  const names = received.map((text) => /Hello (N\d+)/.exec(text)?.[1]);
  expect(names.length).toBe(25);
  expect(new Set(names).size).toBe(25);
});

it('without SMTP puts mail into a folder', async () => {
  const folder = path.join(await mkdtemp(path.join(tmpdir(), 'emporium-mail-')), 'mail');
  const { wake } = start({ smtpUrl: null, folder });
  await send('Zoë', wake);
  await eventually(async () => (await prisma.mail.count()) === 0);
  const [file] = await readdir(folder);
  expect(await readFile(path.join(folder, file ?? ''), 'utf8')).toMatch(/Subject: We signed you out/);
  await rm(path.dirname(folder), { recursive: true });
});

it('drops what may not be written any more, and asks once for each mail', async () => {
  const asked: unknown[] = [];
  refusals = 1;
  const { wake } = start({ smtpUrl }, async ({ recipient, template }) => {
    asked.push([recipient, template]);
    return asked.length === 1;
  });
  await send('Ada', wake);
  await refusedOnce();
  await prisma.mail.updateMany({ data: { dueAt: new Date(0) } });
  wake();
  await eventually(() => received.length === 1);
  await send('Ada', wake);
  await eventually(async () => (await prisma.mail.count()) === 0);
  expect(received).toHaveLength(1);
  expect(asked).toEqual(Array(2).fill(['ada@example.org', 'REFRESH_TOKEN_REUSED']));
});
