import { challengePage, thanksPage } from './challenge-page.ts';
import type { Answer, Challenge, Ledger, SavedMethod } from './ledger.ts';
import { Problem, readRequest } from './problem.ts';
import type { Provider } from './provider.ts';
import { createReport, reportBehaviour } from './report.ts';
import { captureRequest, methodRequest, payoutRequest, refundRequest, removalRequest } from './requests.ts';

/** A request as the routes see it. */
export type Asked = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly idempotencyKey: string | undefined;
  readonly body: unknown;
};

/** What is answered (a text is a page), and how long that takes; `never` keeps the caller waiting until it gives up. */
export type Answered = {
  readonly status: number;
  readonly body: unknown;
  readonly afterMs?: number | 'never';
};

type Parts = {
  readonly provider: Provider;
  readonly ledger: Ledger;
  readonly slowMs: number;
  /** Where a card's owner reaches the sandbox. */
  readonly publicUrl: () => string;
};

/** What the caller sees of an answer: not how the sandbox recognises it. */
const publicPart = ({ fingerprint: _fingerprint, kind: _kind, key: _key, ...seen }: Answer) => seen;

/** Nor whose behaviour it has. */
const publicMethod = ({ behavesAs: _behavesAs, ...method }: SavedMethod) =>
  publicPart(method as SavedMethod);

const statusOf = ({ status }: Answer) => (status === 'DECLINED' ? 402 : 201);

const keyOf = ({ idempotencyKey }: Asked): string => {
  if (idempotencyKey === undefined || idempotencyKey === '' || idempotencyKey.length > 200) {
    throw new Problem(
      400,
      'IDEMPOTENCY_KEY_MISSING',
      'send an Idempotency-Key header of 1 to 200 characters',
    );
  }
  return idempotencyKey;
};

/** Every route by method and path. */
export const createRoutes = ({ provider, ledger, slowMs, publicUrl }: Parts) => {
  const delays = { AT_ONCE: 0, SLOWLY: slowMs, NEVER: 'never' } as const;
  const report = createReport(ledger);
  const toDo = ({ id }: Challenge) => ({
    id,
    status: 'ACTION_REQUIRED',
    url: `${publicUrl()}/challenges?id=${id}`,
  });
  const routes: Record<string, (asked: Asked) => Answered> = {
    'POST /v1/captures': (asked) => {
      const { capture, answers } = provider.capture(keyOf(asked), readRequest(captureRequest, asked.body));
      if (capture.kind === 'CHALLENGE') return { status: 202, body: toDo(capture) };
      return { status: statusOf(capture), body: publicPart(capture), afterMs: delays[answers] };
    },
    'GET /v1/captures': ({ query }) => {
      const key = query.get('idempotencyKey') ?? '';
      const answer = ledger.answerTo(key);
      const challenge = ledger.challengeTo(key);
      if (answer?.kind === 'CAPTURE') return { status: 200, body: publicPart(answer) };
      if (!challenge) throw new Problem(404, 'NOT_FOUND', 'no capture came with this key');
      const { id } = challenge;
      return { status: 200, body: ledger.isProven(id) ? { id, status: 'AUTHORISED' } : toDo(challenge) };
    },
    'GET /challenges': ({ query }) => {
      const challenge = ledger.challengeOf(query.get('id') ?? '');
      if (!challenge) throw new Problem(404, 'NOT_FOUND', 'there is no such page');
      const isAnswered = ledger.isProven(challenge.id) || ledger.answerTo(challenge.key) !== undefined;
      return { status: 200, body: isAnswered ? thanksPage : challengePage(challenge) };
    },
    'POST /challenges': ({ query }) => {
      provider.prove(query.get('id') ?? '', query.get('owner') === 'yes');
      return { status: 200, body: thanksPage };
    },
    'POST /v1/refunds': (asked) => {
      const refund = provider.refund(keyOf(asked), readRequest(refundRequest, asked.body));
      return { status: 201, body: publicPart(refund) };
    },
    'POST /v1/payouts': (asked) => {
      const payout = provider.payout(keyOf(asked), readRequest(payoutRequest, asked.body));
      return { status: 201, body: publicPart(payout) };
    },
    'POST /v1/payment-methods': (asked) => {
      const { method, answers } = provider.saveMethod(keyOf(asked), readRequest(methodRequest, asked.body));
      return { status: statusOf(method), body: publicMethod(method), afterMs: delays[answers] };
    },
    'GET /v1/payment-methods': ({ query }) => {
      const answer = ledger.answerTo(query.get('idempotencyKey') ?? '');
      if (answer?.kind !== 'METHOD')
        throw new Problem(404, 'NOT_FOUND', 'no payment method came with this key');
      return { status: 200, body: publicMethod(answer) };
    },
    'POST /v1/payment-method-removals': ({ body }) => {
      const { id } = readRequest(removalRequest, body);
      provider.removeMethod(id);
      return { status: 200, body: { id, status: 'REMOVED' } };
    },
    'GET /v1/report': () => ({
      status: 200,
      body: {
        movements: ledger
          .movements()
          .map((answer) => ({ kind: answer.kind, idempotencyKey: answer.key, ...publicPart(answer) })),
      },
    }),
    'GET /v1/movements': ({ query }) => ({ status: 200, body: report.page(query) }),
    'PUT /v1/movements/behaviour': ({ body }) => {
      const behaviour = readRequest(reportBehaviour, body);
      report.behave(behaviour);
      return { status: 200, body: behaviour };
    },
    'GET /health/live': () => ({ status: 200, body: { status: 'ok' } }),
    'GET /health/ready': () => ({ status: 200, body: { status: 'ok' } }),
  };
  return (asked: Asked): Answered => {
    const route = routes[`${asked.method} ${asked.path}`];
    if (!route) throw new Problem(404, 'NOT_FOUND', `there is no ${asked.method} ${asked.path} here`);
    return route(asked);
  };
};
