import type { Answer, AnswerError, Item } from './client.ts';

/** The gateway answered with errors where data was needed. */
export class RequestRefusedError extends Error {
  override readonly name = 'RequestRefusedError';
  readonly errors: readonly AnswerError[];

  constructor(errors: readonly AnswerError[]) {
    super(errors.map(({ message, extensions }) => `${extensions?.code ?? 'ERROR'}: ${message}`).join('\n'));
    this.errors = errors;
  }
}

/** The data of an answer that must be whole; throws RequestRefusedError otherwise. */
export const dataOf = <Data>({ data, errors }: Item<Data> | Answer<Data>): Data => {
  if (errors.length > 0 || data === null) throw new RequestRefusedError(errors);
  return data;
};
