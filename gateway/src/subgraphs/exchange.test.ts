import type { Dispatcher } from 'undici';
import { expect, it, vi } from 'vitest';
import { AnswerTimeout, type Deadlines } from './deadlines.ts';
import { exchange } from './exchange.ts';

const question = { path: '/graphql', method: 'POST', body: '{}' } as const;
const reason = new AnswerTimeout('too late');

/** An exchange that waits for a connection, and what can happen to it. */
const waiting = () => {
  const watched = new Set<(reason: AnswerTimeout) => void>();
  const deadlines: Deadlines = {
    watch: (expire) => void watched.add(expire),
    forget: (expire) => void watched.delete(expire),
  };
  const dispatch = vi.fn<Dispatcher['dispatch']>(() => true);
  const answer = exchange({ dispatch } as unknown as Dispatcher, question, deadlines);
  const handler = dispatch.mock.calls[0]?.[1] as Required<Dispatcher.DispatchHandler>;
  const controller = { abort: vi.fn() } as unknown as Dispatcher.DispatchController;
  return {
    answer,
    handler,
    controller,
    watched,
    expire: () => watched.forEach((late) => void late(reason)),
  };
};

it('is aborted at its deadline', async () => {
  const { answer, handler, controller, expire } = waiting();
  handler.onRequestStart(controller, {});
  expire();
  expect(controller.abort).toHaveBeenCalledExactlyOnceWith(reason);
  await expect(answer).rejects.toBe(reason);
});

it('is not sent when its deadline came before a connection did', async () => {
  const { answer, handler, controller, expire } = waiting();
  expire();
  await expect(answer).rejects.toBe(reason);
  expect(() => handler.onRequestStart(controller, {})).toThrow(reason);
  expect(controller.abort).not.toHaveBeenCalled();
});

it('has no deadline any more when its answer is there, or has failed', async () => {
  const answered = waiting();
  answered.handler.onResponseStart(answered.controller, 200, {});
  answered.handler.onResponseEnd(answered.controller, {});
  expect((await answered.answer).status).toBe(200);
  expect(answered.watched.size).toBe(0);

  const failed = waiting();
  failed.handler.onResponseError(failed.controller, new Error('cut'));
  await expect(failed.answer).rejects.toThrow('cut');
  expect(failed.watched.size).toBe(0);
});
