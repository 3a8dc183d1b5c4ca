/** A card provider that does what it is asked and often does not say so. It remembers what became of a key. */
import type { Money } from '@emporium/domain';
import type {
  CaptureOutcome,
  CardProvider,
  SaveOutcome,
} from '../../../../subgraphs/payments/src/application/card-provider.ts';
import type { Process } from '../../kernel/process.ts';
import type { Weather } from '../../kernel/weather.ts';

/** Longer than payments waits for an answer. */
const patienceMs = 8000;

/** What it keeps of each movement of money. */
export type Movement = {
  readonly key: string;
  readonly kind: 'CAPTURE' | 'REFUND' | 'PAYOUT';
  readonly about: string;
  readonly amount: Money;
  /** Of a capture, the card's. */
  readonly token?: string;
};

export type SimulatedProvider = {
  readonly movements: readonly Movement[];
  /** Tokens of the cards that it keeps. */
  kept(): readonly string[];
  /** As a process of payments reaches it. */
  askedBy(process: Process): CardProvider;
};

/** What became of a key, for good. */
type Kept = Extract<CaptureOutcome, { type: 'CAPTURED' | 'DECLINED' }>;

type Saved = Exclude<SaveOutcome, { type: 'UNKNOWN' }>;

/** What it does not tell of a card. */
const details = { brand: null, last4: null, expiry: null };

/** A token that says so is declined. */
export const declinedToken = 'declined';

export const createCardProvider = (weather: Weather): SimulatedProvider => {
  const { scheduler, noise } = weather;
  const movements: Movement[] = [];
  const outcomes = new Map<string, Kept>();
  const saved = new Map<string, Saved>();
  const forgotten = new Set<string>();
  const kept = () =>
    [...saved.values()].flatMap((each) =>
      each.type === 'SAVED' && !forgotten.has(each.token) ? [each.token] : [],
    );
  const save = (key: string, token: string): Saved => {
    const outcome: Saved =
      saved.get(key) ??
      (token === declinedToken ? { type: 'DECLINED' } : { type: 'SAVED', token: `kept-${key}`, details });
    saved.set(key, outcome);
    return outcome;
  };
  /** Of those that it was to keep, it takes money from those that it does. */
  const pays = (token: string): boolean =>
    token !== declinedToken && (!token.startsWith('kept-') || kept().includes(token));
  const doOnce = (movement: Movement): void => {
    if (!movements.some(({ key, kind }) => key === movement.key && kind === movement.kind))
      movements.push(movement);
  };
  /** Does its work, or never hears of it, and answers, or does not. */
  const reach = async <T>(process: Process, what: string, work: () => T): Promise<T | null> => {
    await weather.pass(process, 'provider', 'before');
    const isHeard = !weather.isAway('PROVIDER_SILENT') && !weather.strikes(`${what} is not heard`, 0.05);
    const isLate = weather.strikes(`${what} is late`, 0.1);
    await scheduler.sleep(process, 5 + noise.unit(`${what} takes`) * 50, `${what} on its way`);
    const done = isHeard && !isLate ? work() : null;
    // What payments has stopped waiting for may still arrive.
    if (isHeard && isLate)
      scheduler.later(
        null,
        noise.between(`${what} arrives`, 50, 6000),
        `${what} arrives late`,
        () => void work(),
      );
    await weather.pass(process, 'provider', 'after');
    if (done !== null && !weather.strikes(`${what} is not answered`, 0.1)) return done;
    await scheduler.sleep(process, patienceMs, `${what} waits in vain`);
    return null;
  };
  const capture = (key: string, token: string, about: string, amount: Money): Kept => {
    const known = outcomes.get(key);
    if (known) return known;
    const outcome: Kept = pays(token)
      ? { type: 'CAPTURED', captureId: `c-${key}` }
      : { type: 'DECLINED', reason: 'CARD_DECLINED' };
    outcomes.set(key, outcome);
    if (outcome.type === 'CAPTURED') doOnce({ key, kind: 'CAPTURE', about, amount, token });
    return outcome;
  };
  return {
    movements,
    kept,
    askedBy: (process) => ({
      saveMethod: async ({ key, token }) =>
        (await reach(process, `saving ${key}`, () => save(key, token))) ?? { type: 'UNKNOWN' },
      findMethod: async (key) =>
        (await reach(
          process,
          `look-up of card ${key}`,
          () => saved.get(key) ?? ({ type: 'NONE' } as const),
        )) ?? {
          type: 'UNKNOWN',
        },
      forgetMethod: async ({ key, token }) =>
        (await reach(process, `forgetting ${key}`, () => {
          forgotten.add(token);
          return 'DONE' as const;
        })) ?? 'UNKNOWN',
      capture: async ({ key, token, reference, amount }) =>
        (await reach(process, `capture ${key}`, () => capture(key, token, reference, amount))) ?? {
          type: 'UNKNOWN',
        },
      findCapture: async ({ key }) =>
        (await reach(
          process,
          `look-up of ${key}`,
          () => outcomes.get(key) ?? ({ type: 'NONE' } as const),
        )) ?? { type: 'UNKNOWN' },
      refund: async ({ key, captureId, amount }) =>
        (await reach(process, `refund ${key}`, () => {
          doOnce({ key, kind: 'REFUND', about: captureId, amount });
          return 'DONE' as const;
        })) ?? 'UNKNOWN',
      payout: async ({ key, reference, amount }) =>
        (await reach(process, `payout ${key}`, () => {
          doOnce({ key, kind: 'PAYOUT', about: reference, amount });
          return 'DONE' as const;
        })) ?? 'UNKNOWN',
    }),
  };
};
