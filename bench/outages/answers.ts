import type { Answer, AnswerError } from '@emporium/client';

/** What a visitor asks for. */
export const questions = ['browse', 'cart', 'buy'] as const;
export type Question = (typeof questions)[number];

/** One question to the gateway and what came of it; times in milliseconds, as `performance.now()` counts. */
export type Asked = {
  readonly question: Question;
  readonly asked: number;
  readonly answered: number;
  /** The code of what went wrong; nothing for an answer that is whole. */
  readonly error?: string;
};

const codeOf = (error: AnswerError | undefined): string | undefined =>
  error && (error.extensions?.code ?? 'no code');

/** Keeps what every question came to. */
export const createAnswers = () => {
  const all: Asked[] = [];
  return {
    all,
    /** Asks now, and keeps when it was answered; answers the data, or nothing when the answer was not whole. */
    record: async <Data>(
      question: Question,
      ask: () => Promise<Answer<Data>>,
    ): Promise<Data | undefined> => {
      const begun = performance.now();
      const { data, error } = await ask().then(
        ({ data, errors }) => ({ data, error: codeOf(errors[0]) }),
        (thrown: Error) => ({ data: null, error: thrown.name }),
      );
      all.push({
        question,
        asked: begun,
        answered: performance.now(),
        ...(error !== undefined && { error }),
      });
      return error === undefined ? (data ?? undefined) : undefined;
    },
  };
};

export type Answers = ReturnType<typeof createAnswers>;
