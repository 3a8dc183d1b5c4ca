import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CardSandbox, createCardSandbox } from '@emporium/card-sandbox';
import { orderCancelled, paymentRequested } from '@emporium/contracts';
import { eventually, testDatabase } from '@emporium/testing';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { v7 as newId } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { measureMoney } from './infrastructure/money-metrics.ts';
import {
  createHttpCardProvider,
  type HttpCardProvider,
} from './infrastructure/providers/http-card-provider.ts';
import { brokenRules } from './test-audit.ts';
import { anOrder, openPayments, type TestPayments } from './test-payments.ts';
import { aTopUp } from './test-top-up.ts';

const logger = pino({ level: 'silent' });

/** As in earnest, only quicker: slow answers come in time, and those that never come are not waited for. */
const timeoutMs = 1500;
const slowMs = 300;

let sandbox: CardSandbox;
let provider: HttpCardProvider;
let payments: TestPayments;

beforeAll(async () => {
  sandbox = await createCardSandbox({ slowMs });
  provider = createHttpCardProvider({ url: sandbox.url, logger, timeoutMs });
  payments = openPayments((await testDatabase('payments')).url, provider);
  payments.startWork();
});
afterEach(async () => expect(await brokenRules(payments.prisma)).toEqual([]));
afterAll(async () => {
  await payments.stop();
  await provider.close();
  await sandbox.stop();
});

type Movement = { kind: string; idempotencyKey: string; status: string };

const movementsOf = async (key: string): Promise<string[]> => {
  const { movements } = (await (await fetch(`${sandbox.url}/v1/report`)).json()) as {
    movements: Movement[];
  };
  return movements.filter(({ idempotencyKey }) => idempotencyKey === key).map(({ kind }) => kind);
};
const ended = (orderId: string) =>
  eventually(
    async () => {
      const row = await payments.prisma.payment.findUniqueOrThrow({ where: { orderId } });
      expect(row.status).not.toMatch(/PENDING|CAPTURING/);
      return row;
    },
    { timeout: 15_000 },
  );

describe('the sandbox', () => {
  it.each([
    ['tok_ok', 'CAPTURED'],
    ['tok_slow', 'CAPTURED'],
    ['tok_error', 'CAPTURED'],
    ['tok_timeout', 'CAPTURED'],
    ['tok_declined', 'DECLINED'],
    ['nonsense', 'DECLINED'],
  ])('given %s ends %s, and moves money at most once', async (token, status) => {
    const order = anOrder('CARD', token);
    await payments.hear(paymentRequested, order);
    const row = await ended(order.orderId);
    expect(row.status).toBe(status);
    expect(await movementsOf(row.id)).toHaveLength(status === 'CAPTURED' ? 1 : 0);
    expect(await payments.prisma.providerCall.count({ where: { subject: order.orderId } })).toBe(0);
  });

  it('that captures for an order cancelled meanwhile gives the money back', async () => {
    const order = anOrder('CARD', 'tok_timeout');
    const { orderId } = order;
    await payments.hear(paymentRequested, order);
    const status = async () =>
      (await payments.prisma.payment.findUniqueOrThrow({ where: { orderId } })).status;
    await eventually(async () => expect(await status()).toBe('CAPTURING'));
    await payments.hear(orderCancelled, { orderId });
    const refund = await eventually(() =>
      payments.prisma.refund.findFirstOrThrow({ where: { orderId, settledAt: { not: null } } }),
    );
    expect(refund.amount).toBe(1000n);
    expect(await movementsOf(refund.id)).toEqual(['REFUND']);
  });

  it.each([
    ['tok_ok', { ok: true }],
    ['tok_timeout', { ok: true }],
    ['tok_declined', { ok: false, refusal: 'CARD_DECLINED' }],
  ])('tops a wallet up with %s', async (token, outcome) => {
    const wish = {
      userId: newId(),
      amount: { minor: 500n, currency: 'GBP' },
      token,
      idempotencyKey: newId(),
    };
    expect(await payments.app.topUpWallet(wish)).toMatchObject(outcome);
  });

  /** The loop may be at it, too: whoever looks last has it. */
  const workToItsEnd = (topUp: ReturnType<typeof aTopUp>) =>
    eventually(async () => {
      await topUp.work();
      expect((await topUp.row()).status).not.toBe('PENDING');
    });

  /** As its owner does on their bank's page. */
  const answerBank = async (url: string | undefined, owner: 'yes' | 'no') => {
    const page = await (await fetch(url ?? '')).text();
    expect(page).toContain('500 minor units of GBP');
    const answered = await fetch(`${url}&owner=${owner}`, { method: 'POST' });
    expect(answered.status).toBe(200);
    expect((await fetch(`${url}&owner=yes`, { method: 'POST' })).status).toBe(409);
  };

  it.each([
    ['yes', ['CAPTURE'], { ok: true, wallet: { balance: { minor: 500n }, topUps: [] } }],
    ['no', [], { ok: false, refusal: 'CARD_DECLINED' }],
  ] as const)('asks the owner of tok_3ds, who says %s', async (owner, movements, outcome) => {
    const topUp = aTopUp(payments, 'tok_3ds');
    const waits = await topUp.ask();
    expect(waits).toMatchObject({ ok: true, wallet: { balance: { minor: 0n } } });
    await topUp.work();
    expect((await topUp.row()).status).toBe('PENDING');
    await answerBank(waits.ok ? (waits.wallet.topUps[0]?.nextAction?.url ?? '') : '', owner);
    await workToItsEnd(topUp);
    expect(await topUp.ask()).toMatchObject(outcome);
    expect(await movementsOf((await topUp.row()).id)).toEqual(movements);
  });

  it('takes nothing any more from tok_3ds when its owner’s time is over', async () => {
    const topUp = aTopUp(payments, 'tok_3ds');
    const waits = await topUp.ask();
    await topUp.timePasses();
    await workToItsEnd(topUp);
    expect(await topUp.ask()).toEqual({ ok: false, refusal: 'CARD_DECLINED' });
    await answerBank(waits.ok ? (waits.wallet.topUps[0]?.nextAction?.url ?? '') : '', 'yes');
    expect(await movementsOf((await topUp.row()).id)).toEqual([]);
  });

  it('is not thought to be silent while tok_3ds waits for its owner, and is when that is over', async () => {
    const topUp = aTopUp(payments, 'tok_3ds');
    await topUp.ask();
    const { id } = await topUp.row();
    const registry = new Registry();
    measureMoney(registry, payments.prisma);
    const unanswered = async () => {
      await payments.prisma.providerCall.update({ where: { id }, data: { attempts: 50 } });
      const [{ values } = { values: [] }] = (await registry.getMetricsAsJSON()).filter(
        ({ name }) => name === 'emporium_provider_calls_unanswered',
      );
      return values.map(({ value, labels }) => [labels.kind, value]);
    };
    expect(await unanswered()).toEqual([]);
    await payments.prisma.walletRequest.update({ where: { id }, data: { answerBy: new Date(0) } });
    expect(await unanswered()).toEqual([['TOP_UP', 1]]);
    await topUp.timePasses();
    await topUp.work();
  });

  it('pays out', async () => {
    const wish = { userId: newId(), amount: { minor: 500n, currency: 'GBP' } };
    await payments.app.topUpWallet({ ...wish, token: 'tok_ok', idempotencyKey: newId() });
    await payments.app.withdraw({ ...wish, idempotencyKey: newId() });
    const { userId } = wish;
    const { id } = await eventually(() =>
      payments.prisma.walletRequest.findFirstOrThrow({
        where: { userId, kind: 'WITHDRAWAL', status: 'DONE' },
      }),
    );
    expect(await movementsOf(id)).toEqual(['PAYOUT']);
  });
});

describe('a provider that misbehaves', () => {
  const asking = async (
    listener: RequestListener,
    ask: (provider: HttpCardProvider) => Promise<unknown>,
  ) => {
    const server = createServer(listener);
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/cards/`;
    const client = createHttpCardProvider({ url, logger, timeoutMs });
    try {
      return await ask(client);
    } finally {
      await client.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  };
  const capture = (client: HttpCardProvider) =>
    client.capture({
      key: 'key',
      amount: { minor: 1n, currency: 'GBP' },
      token: 'tok',
      reference: 'order',
    });
  const answering = (status: number, body: string): RequestListener => {
    return (_request, response) => void response.writeHead(status).end(body);
  };
  const unknown = { type: 'UNKNOWN' };

  it.each<[string, RequestListener, object]>([
    ['breaks the connection', (request) => void request.socket.destroy(), unknown],
    ['never answers', () => undefined, unknown],
    ['fails', answering(500, 'oops'), unknown],
    ['is overloaded', answering(429, '{}'), unknown],
    ['forgets what it did', answering(201, '{}'), unknown],
    ['speaks no JSON', answering(201, '<html>'), unknown],
    ['does not understand us', answering(400, '{}'), { type: 'DECLINED', reason: 'PROVIDER_ERROR' }],
  ])('and %s', async (_name, listener, outcome) => {
    expect(await asking(listener, capture)).toEqual(outcome);
  });

  it('is asked below the path of its URL, with the key', async () => {
    let asked: unknown;
    const listener: RequestListener = (request, response) => {
      asked = [request.method, request.url, request.headers['idempotency-key']];
      response.writeHead(201).end('{"id":"cap","status":"CAPTURED"}');
    };
    expect(await asking(listener, capture)).toEqual({ type: 'CAPTURED', captureId: 'cap' });
    expect(asked).toEqual(['POST', '/cards/v1/captures', 'key']);
  });
});
