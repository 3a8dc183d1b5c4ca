import { ApiError } from './api-error.ts';

export type Answered = { readonly status: number; readonly body: object };

/** Stripe's own rule: a key with the same request gives the first answer again, errors included; with another, an error. */
export const createIdempotency = () => {
  const kept = new Map<string, { readonly request: string; readonly answer: Answered }>();
  return {
    once: (
      key: string | undefined,
      request: string,
      answer: () => Answered,
    ): Answered & { replayed: boolean } => {
      const earlier = key === undefined ? undefined : kept.get(key);
      if (earlier && earlier.request !== request) {
        const message = 'Keys for idempotent requests can only be used with the same parameters';
        throw new ApiError(400, 'idempotency_error', 'idempotency_error', message);
      }
      if (earlier) return { ...earlier.answer, replayed: true };
      const first = answer();
      if (key !== undefined) kept.set(key, { request, answer: first });
      return { ...first, replayed: false };
    },
    /** As after a day. */
    forget: (): void => kept.clear(),
  };
};
