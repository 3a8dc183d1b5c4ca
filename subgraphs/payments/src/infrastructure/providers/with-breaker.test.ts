import { expect, it } from 'vitest';
import type { CaptureOutcome, CardProvider } from '../../application/card-provider.ts';
import { withBreaker } from './with-breaker.ts';

const capture = { key: 'key', amount: { minor: 1n, currency: 'GBP' }, token: 'tok', reference: 'order' };

const aProvider = (answer: CaptureOutcome) => {
  let asked = 0;
  let next = answer;
  const provider: CardProvider = {
    capture: async () => {
      asked += 1;
      return next;
    },
    findCapture: async () => ({ type: 'NONE' }),
    refund: async () => 'DONE',
    payout: async () => 'DONE',
    saveMethod: async () => ({ type: 'DECLINED' }),
    findMethod: async () => ({ type: 'NONE' }),
    forgetMethod: async () => 'DONE',
  };
  return {
    provider,
    asked: () => asked,
    answers: (later: CaptureOutcome) => {
      next = later;
    },
  };
};

it('leaves a provider alone that was silent too often, and says that it was not reached', async () => {
  const silent = aProvider({ type: 'UNKNOWN' });
  const provider = withBreaker(silent.provider, { silences: 2, openMs: 60_000 });
  const answers = [];
  for (let time = 0; time < 4; time += 1) answers.push((await provider.capture(capture)).type);
  expect(answers).toEqual(['UNKNOWN', 'UNKNOWN', 'UNREACHED', 'UNREACHED']);
  expect(silent.asked()).toBe(2);
  expect(await provider.findCapture(capture)).toEqual({ type: 'UNKNOWN' });
  expect(await provider.refund({ key: 'r', captureId: 'c', amount: capture.amount })).toBe('UNKNOWN');
});

it('counts an answer of any kind as an answer', async () => {
  const declining = aProvider({ type: 'DECLINED', reason: 'CARD_DECLINED' });
  const provider = withBreaker(declining.provider, { silences: 1 });
  await provider.capture(capture);
  await provider.capture(capture);
  expect(declining.asked()).toBe(2);
});

it('asks again when its time has come', async () => {
  const healing = aProvider({ type: 'UNREACHED' });
  const provider = withBreaker(healing.provider, { silences: 1, openMs: 0 });
  await provider.capture(capture);
  healing.answers({ type: 'CAPTURED', captureId: 'capture' });
  expect((await provider.capture(capture)).type).toBe('CAPTURED');
});
